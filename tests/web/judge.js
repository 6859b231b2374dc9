// What no axe rule says of a page, as lists of faults: empty where all is well.
() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const seen = (one) => one.checkVisibility({ opacityProperty: false, visibilityProperty: true });
  const name = (one) => one.outerHTML.slice(0, 90);
  const FOCUSABLE = "a[href], button:not([tabindex='-1']), input:not([type=hidden]), textarea, summary";

  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (one) => {
    for (; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (channels(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };

  const outline = () => {
    const ids = all("[id]").map((one) => one.id);
    const referring = ["aria-labelledby", "aria-describedby", "for"];
    const referred = referring.flatMap((by) => all(`[${by}]`).flatMap((one) => one.getAttribute(by).split(" ")));
    return [
      ...["h1", "main", "title"].filter((tag) => all(`${tag}:not(svg *)`).length !== 1).map((tag) => `not one ${tag}`),
      ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice #${id}`),
      ...referred.filter((id) => !ids.includes(id)).map((id) => `nothing is called #${id}`),
      ...all("*").filter((one) => one.getAnimations().length).map((one) => `moves: ${name(one)}`),
    ];
  };

  // Text of 4.5:1 (WCAG 1.4.3), the edges and marks of what is filled in of 3:1 (1.4.11).
  const contrasts = () => {
    const texts = all("body *").filter(seen).filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    const edges = [...all("label span"), ...all(".x"), ...all(".s")].filter(seen);
    const weak = (one, colour, ground, least) => (contrast(colour, ground) < least ? [`${colour} on ${ground}: ${name(one)}`] : []);
    return [
      ...texts.flatMap((one) => weak(one, getComputedStyle(one).color, behind(one), 4.5)),
      ...edges.filter((one) => parseFloat(getComputedStyle(one).borderTopWidth)).flatMap((one) => weak(one, getComputedStyle(one).borderTopColor, behind(one.parentElement), 3)),
      ...all("label span").filter(seen).flatMap((one) => {
        const mark = getComputedStyle(one, "::before");
        const ticked = mark.content.includes("✓");
        const ground = ticked && channels(mark.backgroundColor)[3] !== 0 ? mark.backgroundColor : behind(one);
        return weak(one, ticked ? mark.color : mark.borderTopColor, ground, 3);
      }),
    ];
  };

  // Text that is cut off, and a page that must be scrolled in two directions.
  const fit = () => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    const cut = all("label span, legend, h1, h2, h3, p, li, dt, dd, button, a, summary")
      .filter(seen)
      .filter((one) => getComputedStyle(one).display !== "inline")
      .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 2);
    return [...(wide > 0 ? [`${wide} px too wide`] : []), ...cut.map((one) => `cut off: ${name(one)}`)];
  };

  // Targets of 44 px (WCAG 2.5.5 asks it at AAA, 2.5.8 asks 24), but for links in the lines of sentences and lists.
  const targets = () => {
    const side = (one) => {
      const box = (one.closest("label:not([for])") || one).getBoundingClientRect();
      return Math.round(Math.min(box.width, box.height) * 10) / 10;
    };
    const least = (one) => (one.matches("p a, li a") && getComputedStyle(one).display === "inline" ? 0 : 44);
    return all(FOCUSABLE).filter(seen).filter((one) => side(one) < least(one)).map((one) => `${side(one)} px: ${name(one)}`);
  };

  // Forth and back through whatever takes the focus: it is marked, in sight, and not behind what floats.
  const focus = () => {
    const faults = new Set();
    const stops = all(FOCUSABLE).filter(seen);
    for (const one of [...stops, ...stops.reverse()]) {
      one.focus();
      const sign = one.matches("label input") ? one.nextElementSibling : one;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(sign);
      const marked = outlineStyle === "solid" && parseFloat(outlineWidth) >= 2;
      const clear = marked && contrast(outlineColor, behind(sign.parentElement)) >= 3;
      if (!marked || !clear) faults.add(`focus ${outlineStyle} ${outlineWidth} ${outlineColor}: ${name(one)}`);
      const box = sign.getClientRects()[0];
      const there = [0.1, 0.5, 0.9].map((part) => document.elementFromPoint(box.x + box.width / 2, box.y + box.height * part));
      if (!there.some((at) => at && (sign.contains(at) || one.contains(at)))) faults.add(`focus hidden: ${name(one)}`);
    }
    return [...faults];
  };

  return { outline, contrasts, fit, targets, focus };
}
