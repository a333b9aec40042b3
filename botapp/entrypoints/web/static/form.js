/* What a form gains with scripts: a slider on a scale, a file that is too large said at once, one press of "Send". */
"use strict";

function addSlider(box) {
  const row = document.createElement("div");
  const range = document.createElement("input");
  Object.assign(range, { type: "range", min: box.min, max: box.max, step: box.step, tabIndex: -1 });
  range.setAttribute("aria-hidden", "true"); // the box beside it says and takes the same number
  range.value = box.value || box.min;
  range.addEventListener("input", () => { box.value = range.value; });
  box.addEventListener("input", () => { if (box.value) range.value = box.value; });
  row.className = "slider";
  row.append(box.min, range, box.max);
  box.after(row);
}

function checkSize(chooser) {
  const file = chooser.files[0];
  const large = file && file.size > Number(chooser.dataset.most);
  chooser.setCustomValidity(large ? chooser.dataset.tooLarge : "");
  if (large) chooser.reportValidity();
}

document.querySelectorAll("[data-slider]").forEach(addSlider);
document.querySelectorAll("[data-most]").forEach((chooser) => chooser.addEventListener("change", () => checkSize(chooser)));
document.querySelectorAll("[data-once]").forEach((form) => {
  form.addEventListener("submit", () => { form.querySelector("button[type=submit]").disabled = true; });
  window.addEventListener("pageshow", () => { form.querySelector("button[type=submit]").disabled = false; });
});
