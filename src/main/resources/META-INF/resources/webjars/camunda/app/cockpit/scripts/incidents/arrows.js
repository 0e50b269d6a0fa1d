/** Arrows move within a group of buttons, of which the Tab key stops at one. */

/**
 * @param buttons in their order
 * @param keys { back, on: the names of the two arrows }
 * @param arrive is given the button that was moved to
 */
export function arrows(event, buttons, { back, on }, arrive) {
  const here = buttons.indexOf(event.target);
  const to = { [on]: here + 1, [back]: here - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    const button = buttons.at(to % buttons.length);
    button.focus();
    arrive?.(button);
  }
}
