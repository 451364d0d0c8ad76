// The page's side of the drawing pad: ink, the network's picture, ten bars, hidden units.
// It draws and listens; everything that is computed comes from Python as `reading`.

// Pad, picture and bars stand side by side in 560 px: a notebook beside an open list of files.
const SIZE = 208;

function element(tag, style, parent, text) {
  const made = document.createElement(tag);
  if (style) made.style.cssText = style;
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

function square(size, parent, label) {
  const canvas = element("canvas", "border:1px solid currentColor;background:#fff", parent);
  canvas.width = canvas.height = 2 * size;
  canvas.style.width = canvas.style.height = `${size}px`;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  return canvas;
}

function render({ model, el }) {
  const colours = model.get("colours");
  const row = element(
    "div", "display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start;font-size:14px", el);
  const left = element("div", "", row);
  const pad = square(SIZE, left, model.get("help"));
  pad.tabIndex = 0;
  pad.className = "annkit-pad";
  pad.setAttribute("role", "application");
  // JupyterLab keeps its own shortcuts away from an element that says so.
  pad.dataset.lmSuppressShortcuts = "true";
  pad.style.cssText += ";touch-action:none;cursor:crosshair";
  const tools = element("div", "display:flex;gap:8px;margin-top:8px;align-items:center", left);
  const clear = element("button", "padding:4px 8px;font:inherit", tools, "Clear");
  const how = element("select", "padding:4px;font:inherit;width:136px", tools);
  how.setAttribute("aria-label", "Preparation of the drawing");
  how.dataset.lmSuppressShortcuts = "true"; // its arrows choose
  for (const name of model.get("preparations")) element("option", "", how, name);

  const middle = element("div", "", row);
  element("div", "margin-bottom:4px;font-size:12px", middle, "What the network sees");
  const seen = square(122, middle, "What the network sees, 8 by 8 pixels");
  element("div", "margin:8px 0 4px;font-size:12px", middle, "Hidden units that fire");
  const units = element("div", "display:flex;flex-wrap:wrap;width:124px;gap:2px", middle);

  const right = element("div", "width:186px", row);
  const bars = Array.from({ length: 10 }, (_, digit) => {
    const line = element("div", "display:flex;align-items:center;gap:6px;height:24px", right);
    element("span", "width:1em;text-align:right;font-weight:600", line, String(digit));
    const track = element("div", "flex:1;height:16px;background:rgba(128,128,128,.2)", line);
    const bar = element("div", "height:100%;width:0", track);
    bar.className = "annkit-pad-bar";
    const share = element("span", "width:3.2em;text-align:right", line);
    return { line, bar, share };
  });
  const words = element("p", "flex-basis:100%;margin:0;min-height:1.4em", row);
  words.setAttribute("aria-live", "polite");
  words.className = "annkit-pad-words";

  let strokes = model.get("strokes").map(stroke => stroke.slice());
  let cells = model.get("cells").slice();
  let cursor = 27;
  let current = null;

  function drawPad() {
    const pen = pad.getContext("2d");
    const unit = pad.width / 8;
    pen.clearRect(0, 0, pad.width, pad.height);
    pen.fillStyle = pen.strokeStyle = colours.ink;
    cells.forEach((filled, i) => {
      if (filled) pen.fillRect((i % 8) * unit, Math.floor(i / 8) * unit, unit, unit);
    });
    pen.lineWidth = pad.width * model.get("pen");
    pen.lineCap = pen.lineJoin = "round";
    for (const stroke of strokes) {
      pen.beginPath();
      stroke.forEach(([x, y], i) => pen[i ? "lineTo" : "moveTo"](x * pad.width, y * pad.height));
      if (stroke.length === 1) pen.lineTo(stroke[0][0] * pad.width, stroke[0][1] * pad.height);
      pen.stroke();
    }
    pen.lineWidth = 1;
    pen.strokeStyle = colours.faint;
    for (let i = 1; i < 8; i += 1) {
      pen.strokeRect(i * unit, -1, 0.01, pad.height + 2);
      pen.strokeRect(-1, i * unit, pad.width + 2, 0.01);
    }
    if (document.activeElement === pad) {
      pen.lineWidth = 6;
      pen.strokeStyle = colours.cursor;
      pen.strokeRect((cursor % 8) * unit + 3, Math.floor(cursor / 8) * unit + 3, unit - 6, unit - 6);
    }
  }

  function drawReading() {
    const { picture, probabilities, hidden, text } = model.get("reading");
    const pen = seen.getContext("2d");
    const unit = seen.width / 8;
    picture.forEach((dark, i) => {
      const grey = Math.round(255 * (1 - dark));
      pen.fillStyle = `rgb(${grey},${grey},${grey})`;
      pen.fillRect((i % 8) * unit, Math.floor(i / 8) * unit, unit, unit);
    });
    const best = probabilities.length ? probabilities.indexOf(Math.max(...probabilities)) : -1;
    bars.forEach(({ line, bar, share }, digit) => {
      const p = probabilities[digit] ?? 0;
      bar.style.width = `${100 * p}%`;
      bar.style.background = digit === best ? colours.best : colours.other;
      share.textContent = probabilities.length ? `${Math.round(100 * p)} %` : "";
      line.style.fontWeight = digit === best ? "700" : "400";
    });
    units.replaceChildren();
    for (const strength of hidden) {
      const box = element("div", "width:8px;height:8px;border:1px solid rgba(128,128,128,.6)", units);
      box.style.background =
        `linear-gradient(to top, ${colours.best} ${100 * strength}%, transparent 0)`;
    }
    words.textContent = text;
  }

  let isDue = false;
  function send() {
    drawPad();
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      model.set("strokes", strokes.map(stroke => stroke.slice()));
      model.set("cells", cells.slice());
      model.save_changes();
    });
  }

  function place(event) {
    const box = pad.getBoundingClientRect();
    const round = value => Math.round(1000 * Math.min(1, Math.max(0, value))) / 1000;
    return [round((event.clientX - box.left) / box.width), round((event.clientY - box.top) / box.height)];
  }

  pad.addEventListener("pointerdown", event => {
    pad.setPointerCapture(event.pointerId);
    pad.focus();
    current = [place(event)];
    strokes.push(current);
    send();
    event.preventDefault();
  });
  pad.addEventListener("pointermove", event => {
    if (!current) return;
    const next = place(event);
    const [x, y] = current[current.length - 1];
    if (Math.hypot(next[0] - x, next[1] - y) < 0.012) return;
    current.push(next);
    send();
  });
  const stop = () => { current = null; };
  pad.addEventListener("pointerup", stop);
  pad.addEventListener("pointercancel", stop);
  pad.addEventListener("focus", drawPad);
  pad.addEventListener("blur", drawPad);
  pad.addEventListener("keydown", event => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -8, ArrowDown: 8 }[event.key];
    const isSideways = Math.abs(step) === 1;
    if (step !== undefined) {
      const next = cursor + step;
      const staysInRow = Math.floor(next / 8) === Math.floor(cursor / 8);
      if (next >= 0 && next < 64 && (!isSideways || staysInRow)) cursor = next;
      drawPad();
    } else if (event.key === " ") {
      cells[cursor] = !cells[cursor];
      send();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  clear.addEventListener("click", () => {
    strokes = [];
    cells = cells.map(() => false);
    send();
  });
  how.addEventListener("change", () => {
    model.set("preparation", how.value);
    model.save_changes();
  });

  function follow() {
    strokes = model.get("strokes").map(stroke => stroke.slice());
    cells = model.get("cells").slice();
    drawPad();
  }
  // While a stroke is being drawn, the page's own ink is newer than what comes back.
  model.on("change:strokes", () => current || follow());
  model.on("change:cells", follow);
  model.on("change:preparation", () => { how.value = model.get("preparation"); });
  model.on("change:reading", drawReading);
  how.value = model.get("preparation");
  drawPad();
  drawReading();
}

export default { render };
