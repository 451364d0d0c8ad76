// What is wider than the page scrolls sideways; then the keyboard reaches it, too, and its edge
// fades where it goes on. A picture that would be cut by little is made a little smaller instead.

const WIDE = "figure, div.math, pre, .output.text_html table, .pst-scrollable-table-container";
const TEXT = ".output.text_html"; // has these in it: it may scroll, but text does not fade
const LITTLE = 1.2;

function fade(box) {
  const hidden = box.scrollWidth - box.clientWidth - box.scrollLeft;
  box.classList.toggle("goes-on", hidden > 1);
  // Of a figure only the picture fades; its caption fits.
  box.style.setProperty("--seen", `${box.scrollLeft + box.clientWidth}px`);
}

function mark() {
  for (const picture of document.querySelectorAll("img.annkit-picture")) {
    picture.dataset.least ??= parseFloat(getComputedStyle(picture).minWidth) || 0;
    const room = LITTLE * picture.parentElement.clientWidth;
    picture.classList.toggle("shrinks", picture.dataset.least <= room);
  }
  for (const box of document.querySelectorAll(`${WIDE}, ${TEXT}`)) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
  document.querySelectorAll(WIDE).forEach(fade);
}

// The page's height changes when formulas are set, pictures arrive and folds open.
new ResizeObserver(mark).observe(document.body);
const isBox = (moved) => moved instanceof Element && moved.matches(WIDE);
addEventListener("scroll", ({ target }) => { if (isBox(target)) fade(target); }, true);

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
