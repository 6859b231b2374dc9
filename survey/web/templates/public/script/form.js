// The form as it stands in the page: what is answered, what is missing. See docs/decisions/0021-script.md.
// An author's ids can hide a form's own names ("action", "dataset"), so a form is asked for none of them.
const by = id => document.getElementById(id);
const all = (what, where) => [...where.querySelectorAll(what)];
const form = by("answers"), alarm = by("alarm"), state = by("state"), need = by("need");
const items = all(".q", form), fields = all(".q input,.q textarea", form);
const bars = all("progress", form).map(bar => [bar, bar.value - 1]);
const ticks = field => /radio|checkbox/.test(field.type);
// "No answer" is a choice with nothing as its value.
const says = field => ticks(field) ? field.checked && field.value : field.value.trim();
const inside = item => fields.filter(field => item.contains(field));
const answered = item => inside(item).some(says);
const put = () => items.filter(item => item.matches(":not([data-if]),.on"));
const lacking = () => put().filter(item => item.querySelector("em") && !answered(item));
const sent = go => {
  const data = new URLSearchParams(new FormData(form));
  if (go) data.append("_go", go);
  return data;
};
const tell = (word, where) => {
  where.before(alarm);
  alarm.textContent = alarm.dataset[word];
};

// What other parts say: whom questions are put to, what a change leads to, what has to be waited for before
// something is sent, and whether leaving would lose anything.
let decide, changed, settle, timer, told, busy, passing;
let unsaved = () => fields.some(says) || form.querySelector("[name=_carried]")?.value;

// Written after each change, but read aloud only when a part is whole or nothing more is needed.
const write = (asked, whole) => {
  state.setAttribute("aria-live", whole > told ? "polite" : "off");
  told = whole;
  state.textContent = state.dataset.said
    .replace("{n}", asked.filter(answered).length).replace("{total}", asked.length);
};
const update = () => {
  decide?.();
  if (!state) return;
  const asked = put(), needed = lacking();
  let whole = +!needed.length;
  for (const [bar, before] of bars) {
    const here = asked.filter(item => bar.closest("section").contains(item));
    const share = here.filter(answered).length / here.length || 0;
    bar.value = before + share;
    whole += share == 1;
  }
  need.hidden = !needed.length;
  need.children[0].textContent = needed.length;
  if (needed.length) need.children[1].href = "#" + needed[0].id;
  clearTimeout(timer);
  if (told == null) write(asked, whole); else timer = setTimeout(write, 500, asked, whole);
};
