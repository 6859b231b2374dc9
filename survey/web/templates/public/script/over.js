// Nothing can be sent by this link any more: what was kept of it on the device goes.
named().then(name => localStorage.removeItem(name)).catch(() => 0);
