// Named waves: what is filled in is saved on the server a moment after each change. One saving waits for the
// other, and whatever is sent waits for all of them: each must know the revision that the one before made.
const saved = by("saved"), revision = form.querySelector("[name=_revision]");
let dirty, stopped, waiting, saving = Promise.resolve(), go = "keep";
const save = async () => {
  if (!dirty || stopped) return;
  dirty = false;
  const reply = await fetch("", {method: "POST", body: sent(go), keepalive: document.hidden}).catch(() => 0);
  const news = reply && await reply.json().catch(() => 0);
  if (news.revision) {
    revision.value = news.revision;
    go = "keep:more";
  } else {
    dirty = true;
    stopped = reply.status == 409;
  }
  const word = news.said || saved.dataset[reply.status < 500 ? "stuck" : "off"];
  if (saved.textContent != word) saved.textContent = word;
};
const flush = () => {
  clearTimeout(waiting);
  return saving = saving.then(save);
};
unsaved = () => dirty;
changed = () => {
  dirty = true;
  clearTimeout(waiting);
  waiting = setTimeout(flush, 1000);
};
settle = stores => {
  clearTimeout(waiting);
  return stores ? saving : flush();
};
document.addEventListener("visibilitychange", () => document.hidden && !busy && flush());
addEventListener("online", flush);
