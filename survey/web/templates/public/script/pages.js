// Forms of several pages: what the page that is left by the browser's back button holds goes along within this
// tab, and the earlier page takes it over, so that going on from there finds it. Numbers are not suggested to
// others (autocomplete="off"), so the browser does not put them back itself. See docs/decisions/0027-tab.md.
const own = new Set(fields.map(field => field.name)), box = document.createElement("p");
const numbers = fields.filter(field => field.autocomplete == "off");
const place = data => +data.get("_page");
const held = name => new URLSearchParams(sessionStorage.getItem(name) || "");
let tab;
const leave = () => {
  if (!unsaved()) return;
  if (numbers.length) sessionStorage.setItem(tab + place(sent()), sent());
  if (!passing) sessionStorage.setItem(tab, sent());
};
const take = () => {
  const left = held(tab), before = held(tab + place(sent()));
  sessionStorage.removeItem(tab);
  for (const field of numbers) field.value = before.get(field.name) ?? field.value;
  update();
  if (place(left) <= place(sent())) return;
  box.hidden = true;
  box.replaceChildren();
  form.append(box);
  for (const [name, value] of left) if (name == "_carried" || name[0] != "_" && !own.has(name)) {
    const field = document.createElement("input");
    Object.assign(field, {type: "hidden", name, value});
    box.append(field);
  }
};
named().then(name => {
  tab = name;
  take();
  addEventListener("pagehide", leave);
  addEventListener("pageshow", event => event.persisted && take());
}).catch(() => 0);
