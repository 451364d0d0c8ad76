// The page's side of a question: clicks and keys on its options, and the learner's answer line.
// What is shown comes from Python; here it is decided what was chosen, and where the focus is.

// Write letters into the line `name = "…"` of the cell that asks; whether there is such a line.
function fillIn(cell, name, letters) {
  const content = cell?.querySelector(".cm-content");
  const view = (content?.cmTile ?? content?.cmView)?.view;
  const text = view?.state.doc.toString() ?? "";
  const found = new RegExp(`^(${name}\\s*=\\s*)(["'])[^"'\\n]*\\2`, "m").exec(text);
  if (!found) return false;
  const from = found.index + found[1].length;
  const to = found.index + found[0].length;
  if (text.slice(from, to) !== `"${letters}"`) {
    view.dispatch({ changes: { from, to, insert: `"${letters}"` } });
  }
  return true;
}

function render({ model, el }) {
  const several = model.get("several");
  el.setAttribute("role", "status");
  el.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
  let box = null;
  let focused = null;
  let gone = false;

  const options = () => [...box.querySelectorAll("[data-letter]")];
  const focus = option => {
    for (const other of options()) {
      const stays = other === option || other.dataset.letter === "done";
      other.tabIndex = stays ? 0 : -1;
    }
    focused = option.dataset.letter;
    option.focus();
  };
  const commit = letters => {
    const line = model.get("line");
    const filled = line ? fillIn(box.closest(".jp-CodeCell"), line, letters) : false;
    model.send({ letters, filled });
  };
  const choose = option => {
    focus(option);
    if (!several) return commit(option.dataset.letter);
    if (option.dataset.letter !== "done") {
      const checked = option.getAttribute("aria-checked") !== "true";
      option.setAttribute("aria-checked", String(checked));
      option.firstElementChild.textContent = checked ? "☑" : "☐";
      return;
    }
    const ticked = options().filter(other => other.getAttribute("aria-checked") === "true");
    if (ticked.length) commit(ticked.map(other => other.dataset.letter).join(""));
  };
  const onClick = event => {
    const option = event.target.closest("[data-letter]");
    if (option) choose(option);
  };
  const onKey = event => {
    const option = event.target.closest("[data-letter]");
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!option || (!step && event.key !== " " && event.key !== "Enter")) return;
    event.preventDefault();
    event.stopPropagation();
    const all = options();
    if (step) focus(all[(all.indexOf(option) + step + all.length) % all.length]);
    else choose(option);
  };
  // New text takes the focus away with the old one: give it back.
  const observer = new MutationObserver(() => {
    const option = focused && options().find(other => other.dataset.letter === focused);
    if (option && document.activeElement !== option) focus(option);
  });
  const onFocusOut = event => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) focused = null;
  };

  const attach = () => {
    if (gone) return;
    box = el.closest(".annkit-question");
    if (!box) return void requestAnimationFrame(attach);
    box.dataset.lmSuppressShortcuts = "true"; // JupyterLab's own keys would leave the question
    box.addEventListener("click", onClick);
    box.addEventListener("keydown", onKey);
    box.addEventListener("focusout", onFocusOut);
    observer.observe(box, { childList: true, subtree: true });
  };
  model.on("change:said", () => { el.textContent = model.get("said"); });
  attach();
  return () => {
    gone = true;
    observer.disconnect();
  };
}

export default { render };
