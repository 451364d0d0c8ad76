// What is wider than the page scrolls sideways; then the keyboard reaches it, too.

const WIDE = "figure, div.math, .output.text_html, .output.text_html table, pre";

function mark() {
  for (const box of document.querySelectorAll(WIDE)) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

// The page's height changes when formulas are set, pictures arrive and folds open.
new ResizeObserver(mark).observe(document.body);

// What a search shows of a page is text: no source of a formula, and no names of buttons.
if (typeof Search !== "undefined") {
  const plain = Search.htmlToText;
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const part of page.querySelectorAll(".ways")) part.remove();
    for (const formula of page.querySelectorAll(".math")) formula.textContent = "…";
    for (const fold of page.querySelectorAll("summary, .question > details")) fold.append(" ");
    return plain(page.documentElement.outerHTML, anchor);
  };
}
