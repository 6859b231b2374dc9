// What stores something is asked for in the background first, because only then is the page still there when
// the connection is not; what only leads on asks whether the server is there. Where the server sends us on,
// we go; whatever else it can show, the browser asks for once more in its own way.
const pressed = async event => {
  const button = event.submitter, wish = button?.name ? button.value : "";
  if (!button || passing) return;
  event.preventDefault();
  if (busy) return;
  const item = !settle && /^(|send|next|look)$/.test(wish) && lacking()[0];
  if (item) {
    tell("need", item.children[1]);
    return inside(item)[0].focus();
  }
  const where = (button.tabIndex < 0 ? document.activeElement : button).parentNode;
  const stores = /^(|send|save|choose)$/.test(wish);
  busy = true;
  tell("wait", where);
  await settle?.(stores);
  const way = {method: stores ? "POST" : "HEAD", body: stores ? sent(wish) : null};
  const reply = await fetch(button.formAction, {...way, signal: AbortSignal.timeout?.(3e4)}).catch(() => 0);
  busy = false;
  passing = reply.redirected || reply.status < 500;
  if (!passing) tell("off", where);
  else if (reply.redirected) location.assign(reply.url);
  else button.click();
};

// Should anything before this fail, nothing listens yet, and the page is as if there were no script.
update();
form.addEventListener("keydown", typed);
form.addEventListener("input", () => {
  if (!busy) alarm.textContent = "";
  update();
  changed?.();
});
if (form.getAttribute("method") == "post") {
  form.addEventListener("submit", pressed);
  addEventListener("pageshow", event => {
    if (event.persisted) passing = false;
    // By now the browser has put back what was typed, where its back button led here.
    update();
  });
  addEventListener("beforeunload", event => {
    if (!passing && unsaved()) event.returnValue = event.preventDefault() || "-";
  });
}
