// Whom a question is put to, decided in the page as survey/definitions/conditions.py decides, over answers
// read as survey/submission reads them. A test runs both. Only pages with conditions carry this.
// With thousands, and without.
const plain = /^([0-9]+)()(?:[.,]([0-9]+))?$/;
const grouped = /^([1-9][0-9]{0,2}([.,'’\x20\u00a0\u202f])[0-9]{3}(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]+))?$/;
const number = (typed, range) => {
  const [low, high, decimals] = range.split(" ");
  const body = typed.trim(), digits = body.replace(/^[-−+]\s*/, "");
  const read = [plain, grouped].map(way => digits.match(way))
    .filter(found => found && body.length <= 40 && (found[3] || "").length <= decimals)
    .map(found => (/^[-−]/.test(body) ? -1 : 1) * (found[1].replace(/[^0-9]/g, "") + "." + (found[3] || 0)))
    .filter(value => value >= +low && value <= +high);
  return new Set(read).size == 1 ? [read[0]] : [];
};
const codes = item => {
  const given = inside(item).filter(says).map(field => field.value);
  const range = item.dataset.range, alone = item.querySelector("label.n :checked");
  if (range && given[0] != "DK") return given[1] ? [] : number(given[0] || "", range);
  return given.length > (alone || range ? 1 : item.dataset.most || 1e3) ? [] : given;
};
// {all: [...]}, {any: [...]}, [item, codes], [item, codes, 1] for "not in", [item, least]
const holds = (test, known) => {
  if (test.all) return test.all.every(part => holds(part, known));
  if (test.any) return test.any.some(part => holds(part, known));
  const [name, wanted, not] = test, given = known[name] || [];
  if (!given.length) return false;
  if (!wanted.some) return given[0] != "DK" && given[0] >= wanted;
  return given.some(code => wanted.includes(code)) != !!not;
};
const tests = new Map(items.filter(item => item.dataset.if).map(item => [item, JSON.parse(item.dataset.if)]));
// For whom a question is needs no word where it is there for nobody else.
for (const word of all(".f", form)) word.textContent = "";
decide = () => {
  const known = {};
  for (const item of items) {
    const shown = !tests.has(item) || holds(tests.get(item), known);
    item.classList.toggle("on", shown);
    if (shown) known[item.id.slice(5)] = codes(item);
  }
  for (const some of all("[data-if]:not(.q)", form)) some.classList.toggle("on", some.querySelector(".q.on"));
};
