// What Intl says of currencies: one JSON array a line, [locale, style, currency, amount, expected].
// node intl.mjs LOCALES CURRENCIES|all AMOUNTS
const [locales, currencies, amounts] = process.argv.slice(2).map((list) => list.split(','));
const codes = currencies[0] === 'all' ? Intl.supportedValuesOf('currency') : currencies;
console.log(JSON.stringify(['versions', process.version, process.versions.icu, process.versions.cldr]));
for (const locale of locales) {
  for (const currency of codes) {
    const make = (options) => new Intl.NumberFormat(locale, { style: 'currency', currency, ...options });
    const styles = {
      standard: make({}),
      accounting: make({ currencySign: 'accounting' }),
      code: make({ currencyDisplay: 'code' }),
      narrow: make({ currencyDisplay: 'narrowSymbol' }),
      name: make({ currencyDisplay: 'name' }),
      whole: make({ maximumFractionDigits: 0, minimumFractionDigits: 0 }),
    };
    for (const amount of amounts) {
      for (const [style, format] of Object.entries(styles)) {
        console.log(JSON.stringify([locale, style, currency, amount, format.format(amount)]));
      }
    }
  }
}
