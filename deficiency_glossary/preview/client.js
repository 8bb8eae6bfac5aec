// On every page of the preview: reloads when a file was saved, shows what is wrong beside the passage.

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "/_preview/client.css";
document.head.append(style);

function element(name, className, ...content) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...content);
  return made;
}

function linkTo(address, text) {
  const link = element("a", "", text);
  link.href = address;
  return link;
}

function told(finding) {
  const made = element("div", `preview-finding ${finding.severity}`, element("strong", "", finding.message), ` [${finding.code}] `);
  if (finding.hint) made.append(element("em", "", finding.hint), " ");
  made.append(linkTo(finding.edit, finding.place));
  return made;
}

const page = await (await fetch(`/_preview/page?path=${encodeURIComponent(location.pathname)}`)).json();

const bar = element("aside", "preview-bar");
bar.lang = "en";
bar.dir = "ltr";
if (page.problem) bar.append(element("strong", "error", "The last good page. A file cannot be used: "));
bar.append(page.count === 1 ? "1 finding" : `${page.count} findings`);
if (page.file) bar.append(" · ", linkTo(page.edit, `Edit ${page.file}`));
const unplaced = [];
for (const finding of page.findings) {
  const beside = finding.selector && document.querySelector(`main ${finding.selector}`);
  if (beside) beside.after(told(finding));
  else unplaced.push(finding);
}
for (const finding of [...unplaced, ...page.elsewhere]) bar.append(told(finding));
document.body.append(bar);

// Where the reader was stays in view: the browser keeps the scroll position over a reload.
const news = new EventSource("/_preview/events");
news.onmessage = (event) => {
  if (Number(event.data) > page.version) location.reload();
};
