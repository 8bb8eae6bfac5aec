"""The words that generated glossaries are made of, in five languages. Nobody reads them for their sense."""

from __future__ import annotations

from typing import NamedTuple

LOCALES = ("ms", "tr", "ko", "ja", "no")

# English (for the id), then one word a locale; _ is a space, / the reading.
_KINDS = """
rate kadar oran 비율 料率/りょうりつ sats; ratio nisbah rasyo 비례 比率/ひりつ forhold;
account akaun hesap 계좌 口座/こうざ konto; risk risiko risk 위험 リスク/りすく risiko;
period tempoh dönem 기간 期間/きかん periode; agreement perjanjian sözleşme 계약 契約/けいやく avtale;
limit had sınır 한도 限度/げんど grense; fund dana fon 기금 基金/ききん fond;
order pesanan emir 주문 注文/ちゅうもん ordre; value nilai değer 가치 価値/かち verdi;
balance baki bakiye 잔액 残高/ざんだか saldo; test ujian sınama 심사 審査/しんさ prøve;
index indeks endeks 지수 指数/しすう indeks; method kaedah yöntem 방법 方法/ほうほう metode;
note nota senet 어음 手形/てがた veksel; clause fasal madde 조항 条項/じょうこう klausul;
spread sebaran makas 차이 差額/さがく differanse; yield hasil getiri 수익 利回り/りまわり avkastning;
cost kos maliyet 비용 費用/ひよう kostnad; claim tuntutan talep 청구 請求/せいきゅう krav
"""
_THINGS = """
loan pinjaman kredi 대출 融資/ゆうし lån; asset aset varlık 자산 資産/しさん eiendel;
credit kredit alacak 신용 信用/しんよう kreditt; bond bon tahvil 채권 債券/さいけん obligasjon;
lease pajakan kiralama 리스 リース/りーす leasing; deposit deposit mevduat 예금 預金/よきん innskudd;
invoice invois fatura 송장 請求書/せいきゅうしょ faktura; budget belanjawan bütçe 예산 予算/よさん budsjett;
reserve rizab yedek 준비금 準備金/じゅんびきん reserve; dividend dividen temettü 배당 配当/はいとう utbytte;
mortgage gadai_janji ipotek 주택담보 住宅ローン/じゅうたくろーん boliglån;
pension pencen emeklilik 연금 年金/ねんきん pensjon;
insurance insurans sigorta 보험 保険/ほけん forsikring; share saham hisse 주식 株式/かぶしき aksje;
tax cukai vergi 세금 税金/ぜいきん skatt; rent sewa kira 임대료 家賃/やちん husleie;
salary gaji maaş 급여 給与/きゅうよ lønn; interest faedah faiz 이자 利息/りそく rente;
currency mata_wang döviz 통화 通貨/つうか valuta; debt hutang borç 부채 債務/さいむ gjeld
"""
_MANNERS = """
secured bercagar teminatlı 담보부 担保付/たんぽつき sikret; fixed tetap sabit 고정 固定/こてい fast;
floating terapung dalgalı 변동 変動/へんどう flytende; gross kasar brüt 총 総/そう brutto;
net bersih net 순 純/じゅん netto; short pendek kısa 단기 短期/たんき kortsiktig;
long panjang uzun 장기 長期/ちょうき langsiktig; public awam kamu 공공 公的/こうてき offentlig;
private swasta özel 민간 私的/してき privat; annual tahunan yıllık 연간 年間/ねんかん årlig;
monthly bulanan aylık 월간 月間/げっかん månedlig; deferred tertunda ertelenmiş 이연 繰延/くりのべ utsatt;
open terbuka açık 개방형 公開/こうかい åpen; closed tertutup kapalı 폐쇄형 閉鎖/へいさ lukket;
senior kanan öncelikli 선순위 優先/ゆうせん prioritert; joint bersama ortak 공동 共同/きょうどう felles;
domestic domestik yurt_içi 국내 国内/こくない innenlandsk; foreign asing yabancı 외국 外国/がいこく utenlandsk;
first pertama birinci 1차 一次/いちじ første; second kedua ikinci 2차 二次/にじ annen;
local tempatan yerel 지역 地方/ちほう lokal; central pusat merkezi 중앙 中央/ちゅうおう sentral;
direct langsung doğrudan 직접 直接/ちょくせつ direkte; indirect tidak_langsung dolaylı 간접 間接/かんせつ indirekte;
partial separa kısmi 부분 一部/いちぶ delvis; full penuh tam 전액 全額/ぜんがく full;
active aktif etkin 활성 稼働/かどう aktiv; dormant terpendam atıl 휴면 休眠/きゅうみん hvilende;
early awal erken 조기 早期/そうき tidlig; late lewat geç 연체 延滞/えんたい sen;
basic asas temel 기본 基本/きほん grunnleggende; special khas özel_amaçlı 특별 特別/とくべつ særskilt;
single tunggal tekil 단일 単一/たんいつ enkel; double berganda çift 이중 二重/にじゅう dobbel;
minimum minimum asgari 최소 最低/さいてい minste; maximum maksimum azami 최대 最高/さいこう høyeste
"""


class Word(NamedTuple):
    """A word in one locale; `reading` is empty where spelling says it all."""

    text: str
    reading: str = ""


def _table(source: str) -> tuple[dict[str, Word], ...]:
    rows = []
    for line in source.split(";"):
        english, *others = line.split()
        words = (Word(*other.replace("_", " ").split("/")) for other in others)
        rows.append({"en": Word(english), **dict(zip(LOCALES, words, strict=True))})
    return tuple(rows)


KINDS, THINGS, MANNERS = _table(_KINDS), _table(_THINGS), _table(_MANNERS)

# {a} and {b} are words. A paragraph is some of these.
SENTENCES = {
    "ms": (
        "Istilah ini berkait rapat dengan {a}, tetapi kedua-duanya tidak dihitung dengan cara yang sama.",
        "Apabila {a} berubah, pihak yang memegang {b} biasanya menyemak semula syarat yang telah dipersetujui.",
        "Bank memeriksa {a} setiap suku tahun dan membandingkannya dengan {b} pada tahun sebelumnya.",
        "Sesetengah pemberi pinjaman menetapkan {a} terlebih dahulu, yang lain menunggu sehingga {b} diketahui.",
        "Perbezaan antara {a} dengan {b} kelihatan jelas apabila urus niaga ditutup sebelum tarikh matang.",
        "Dalam laporan tahunan, {a} ditunjukkan secara berasingan supaya pembaca tidak menyangka bahawa itu {b}.",
        "Peminjam yang tidak memahami {a} sering membayar lebih daripada yang perlu.",
        "Penasihat bertauliah dapat menjelaskan sama ada {a} atau {b} yang terpakai dalam keadaan tertentu.",
    ),
    "tr": (
        "Bu kavram {a} ile yakından ilgilidir, ama ikisi aynı biçimde hesaplanmaz.",
        "Bir işlemde {a} değiştiğinde taraflar genellikle {b} için kararlaştırılan koşulları yeniden gözden geçirir.",
        "Banka her üç ayda bir {a} ile ilgili kayıtları inceler ve önceki yılın {b} rakamlarıyla karşılaştırır.",
        "Bazı kredi verenler önce {a} üzerinde anlaşır, bazıları ise {b} belli olana kadar bekler.",
        "Sözleşme vadesinden önce kapatılırsa {a} ile {b} arasındaki fark açıkça görülür.",
        "Yıllık raporda {a} ayrı gösterilir; böylece okuyan onu {b} sanmaz.",
        "Kendisi için {a} ne demek bilmeyen borçlu çoğu zaman gereğinden fazla öder.",
        "Yetkin bir danışman, belli bir durumda {a} mı yoksa {b} mi geçerlidir, açıklayabilir.",
    ),
    "ko": (
        "이 용어는 {a}와 밀접한 관련이 있지만 두 가지를 같은 방법으로 계산하지는 않습니다.",
        "거래에서 {a} 항목이 바뀌면 당사자들은 보통 {b}에 대해 합의한 조건을 다시 살펴봅니다.",
        "은행은 분기마다 {a} 기록을 점검하고 이를 지난해의 {b} 수치와 비교합니다.",
        "어떤 대출기관은 {a}부터 먼저 정하지만, 다른 곳은 {b} 금액이 확정될 때까지 기다립니다.",
        "만기 전에 계약을 끝내면 {a} 금액과 {b} 금액의 차이가 뚜렷하게 드러납니다.",
        "연차보고서에서는 {a} 항목을 따로 표시하여 읽는 사람이 {b} 항목으로 오해하지 않게 합니다.",
        "자신의 {a}에 대해 잘 모르는 채무자는 필요한 것보다 많은 돈을 내는 일이 많습니다.",
        "자격을 갖춘 상담사는 주어진 상황에 {a} 규정과 {b} 규정 가운데 어느 것이 적용되는지 설명할 수 있습니다.",
    ),
    "ja": (
        "この用語は{a}と密接に関係しますが、両者は同じ方法では計算されません。",
        "{a}が変わると、当事者は通常、{b}について合意した条件を見直します。",
        "銀行は四半期ごとに{a}を点検し、前年の{b}と比較します。",
        "先に{a}を決める貸し手もあれば、{b}が確定するまで待つ貸し手もあります。",
        "満期より前に契約を終えると、{a}と{b}の違いがはっきり表れます。",
        "年次報告書では、読者が{b}と取り違えないように、{a}を別に示します。",
        "自分の{a}をよく知らない借り手は、必要以上に支払ってしまうことが少なくありません。",
        "どの状況で{a}と{b}のどちらが適用されるかは、資格を持つ専門家に聞けば分かります。",
    ),
    "no": (
        "Begrepet henger nøye sammen med {a}, men de to blir ikke beregnet på samme måte.",
        "Når {a} endrer seg, går partene vanligvis gjennom vilkårene som de har avtalt for {b}.",
        "Banken kontrollerer {a} hvert kvartal og sammenligner med {b} fra året før.",
        "Noen långivere fastsetter {a} først, mens andre venter til {b} er kjent.",
        "Forskjellen mellom {a} og {b} blir tydelig når avtalen avsluttes før forfall.",
        "I årsrapporten vises {a} for seg, slik at leseren ikke forveksler det med {b}.",
        "Låntakere som ikke kjenner sin {a}, betaler ofte mer enn de trenger.",
        "En kvalifisert rådgiver kan forklare om det er {a} eller {b} som gjelder i et bestemt tilfelle.",
    ),
}
LINKS = {
    "ms": "Lihat juga {link}.",
    "tr": "Bununla ilgili bir kavram: {link}.",
    "ko": "{link} 항목도 함께 보십시오.",
    "ja": "{link}の項目も参照してください。",
    "no": "Se også {link}.",
}
HEADINGS = {
    "ms": ("Maksud", "Cara pengiraan", "Kesan terhadap laporan", "Had dan pengecualian"),
    "tr": ("Anlamı", "Hesaplanması", "Rapora etkisi", "Sınırlar ve istisnalar"),
    "ko": ("뜻", "계산 방법", "보고서에 미치는 영향", "한계와 예외"),
    "ja": ("意味", "計算の方法", "報告書への影響", "限界と例外"),
    "no": ("Betydning", "Beregning", "Virkning på rapporten", "Grenser og unntak"),
}
# With the notation of each language's grammar after the amounts.
STORIES = {
    "ms": (
        "Hafiz berhutang {owed}. Cagaran dijual pada harga {sale_price}, maka bakinya {deficiency}.",
        "Selepas yuran {fees} ditambah, dia perlu membayar {total}, iaitu {share} daripada hutang asal.",
    ),
    "tr": (
        "Ayşe’nin {owed} borcu var. Mal {sale_price}-(y)A satılıyor ve {deficiency}-lIk bir açık kalıyor.",
        "Masraflar {fees} tutuyor; böylece toplam {total}-(y)I buluyor, yani borcun {share} kadarı kalıyor.",
    ),
    "ko": (
        "민수 씨는 {owed}을(를) 빌렸습니다. 담보는 {sale_price}(으)로 팔렸고 {deficiency}이(가) 남았습니다.",
        "수수료 {fees}을(를) 더하면 모두 {total}이며, 이는 처음 빚의 {share}입니다.",
    ),
    "ja": (
        "大輔さんの借入額は{owed}です。担保は{sale_price}で売却され、{deficiency}が残りました。",
        "手数料{fees}を加えると、支払額は{total}となり、当初の債務の{share}に当たります。",
    ),
    "no": (
        "Kari skylder {owed}. Pantet blir solgt for {sale_price}, og {deficiency} står igjen.",
        "Med gebyrer på {fees} blir det {total} i alt, altså {share} av den opprinnelige gjelden.",
    ),
}
LABELS = {
    "ms": ("Hutang", "Harga jualan", "Yuran", "Baki", "Jumlah", "Bahagian"),
    "tr": ("Borç", "Satış bedeli", "Masraf", "Açık", "Toplam", "Oran"),
    "ko": ("빚", "판매 가격", "수수료", "부족액", "합계", "비율"),
    "ja": ("債務額", "売却価格", "手数料", "不足額", "合計", "割合"),
    "no": ("Gjeld", "Salgssum", "Gebyrer", "Rest", "I alt", "Andel"),
}
