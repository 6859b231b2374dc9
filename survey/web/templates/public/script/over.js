// Nothing can be sent by this link any more: what was kept of it on the device, and in this tab, goes.
named().then(name => {
  sessionStorage.clear();
  localStorage.removeItem(name);
}).catch(() => 0);
