// Where somebody is in a document stands behind the address (#pagina=3), so that going on and coming back loses no place.
export function placeInAddress(pages) {
  const found = /^#pagina=(\d{1,5})$/.exec(location.hash);
  return found ? Math.min(Math.max(Number(found[1]), 1), pages) : 1;
}

export function keepPlace(page) {
  history.replaceState(history.state, "", page > 1 ? `#pagina=${page}` : location.pathname + location.search);
}
