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

// On paper it is day.
const page = document.documentElement;
let theme;
addEventListener("beforeprint", () => {
  theme = page.dataset.theme;
  page.dataset.theme = "light";
});
addEventListener("afterprint", () => { page.dataset.theme = theme; });

// What a search shows of a page is text: no source of a formula, and no names of buttons.
if (typeof Search !== "undefined") {
  const plain = Search.htmlToText;
  Search.htmlToText = (html, anchor) => {
    const found = new DOMParser().parseFromString(html, "text/html");
    for (const part of found.querySelectorAll(".ways")) part.remove();
    for (const formula of found.querySelectorAll(".math")) formula.textContent = "…";
    for (const block of found.querySelectorAll("dt, dd, p, summary, .question > details")) {
      block.append(" ");
    }
    return plain(found.documentElement.outerHTML, anchor);
  };
}
