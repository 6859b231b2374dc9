// Digits are a scale's values, "1" and then "0" is ten; elsewhere they count the options. Arrows move as
// the browser moves them. Nothing is listened to outside a question.
let last;
const typed = event => {
  const field = event.target, item = field.closest(".q"), digit = event.key, before = last;
  last = 0;
    if (item && ticks(field) && /^[0-9]$/.test(digit) && !event.ctrlKey && !event.altKey && !event.metaKey) {
    const points = all(".o input", item), valued = code => points.find(point => point.value == code);
    const ten = before == item.id + 1 && valued("1" + digit);
    const point = ten || (valued(5) || valued(2) ? valued(digit) : points[(+digit || 10) - 1]);
    if (!ten) last = item.id + digit;
    point?.focus();
    point?.click();
  }
};
