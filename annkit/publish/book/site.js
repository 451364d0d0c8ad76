// What is wider than the page scrolls sideways; then the keyboard reaches it, too.

const WIDE = "figure, div.math, .output.text_html, .output.text_html table";

function mark() {
  for (const box of document.querySelectorAll(WIDE)) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

// The page's height changes when formulas are set, pictures arrive and folds open.
new ResizeObserver(mark).observe(document.body);
