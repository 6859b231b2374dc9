// Anonymous waves: answers kept on the device from the moment when that is asked for.
let key;
const keep = by("keep");
const kept = () => key && localStorage.getItem(key);
const show = word => {
  keep.children[0].textContent = keep.dataset[word];
  keep.children[1].textContent = keep.dataset[kept() ? "erase" : "do"];
};
const save = () => {
  const draft = new URLSearchParams(kept() || ""), name = field => field.name + "." + field.type;
  for (const field of fields) draft.delete(name(field));
  for (const field of fields) if (says(field)) draft.append(name(field), field.value);
  try {
    localStorage.setItem(key, draft + "&");
    return "kept";
  } catch {
    localStorage.removeItem(key);
    return "failed";
  }
};
const restore = () => {
  if (!keep || !kept()) return;
  if (fields.some(says)) return show(save());
  const draft = new URLSearchParams(kept());
  for (const field of fields) {
    const given = draft.getAll(field.name + "." + field.type);
    if (ticks(field)) field.checked = given.includes(field.value); else field.value = given[0] || "";
  }
  update();
  show("back");
};
const lost = unsaved;
unsaved = () => !kept() && lost();
changed = () => kept() && save() == "failed" && show("failed");
if (keep) keep.children[1].onclick = () => {
  if (!kept()) return show(save());
  localStorage.removeItem(key);
  show("gone");
};
named().then(name => {
  key = name;
  restore();
}).catch(() => keep?.remove());
