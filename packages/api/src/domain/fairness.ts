// Turns for everybody: whoever has much to do does not keep the others waiting.

/**
 * The items in rounds: in each, everybody who still has any gets one, in the order in which they
 * first appear, and each one's own items keep their order. So nobody's nth item comes after
 * another's (n+1)th.
 * @param keyOf whose the item is
 */
export function fairly<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const rounds: Item[] = [];
  let waiting = [...Map.groupBy(items, keyOf).values()];
  for (let turn = 0; waiting.length > 0; turn++) {
    for (const own of waiting) rounds.push(own[turn]!);
    waiting = waiting.filter((own) => own.length > turn + 1);
  }
  return rounds;
}
