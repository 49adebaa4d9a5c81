// What is wrong with how a page is laid out: each function returns a list of
// words about it. It stands behind person.js.

// once keeps what a function says of an element, as the page stands still meanwhile.
const once = find => {
	const known = new Map()
	return e => {
		if (!known.has(e)) known.set(e, find(e))
		return known.get(e)
	}
}

// boxed reports whether e is there to be seen: what is kept for those who listen
// stands in a box of one point.
const free = once(e => !e || !(e.offsetWidth <= 1 && getComputedStyle(e).overflow === 'hidden') && free(e.parentElement))
const boxed = once(e => visible(e) && !(e.closest('svg, noscript')) && free(e))

// lines returns every piece of text in a line with its place.
const lines = () => {
	const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
	for (let n; n = walk.nextNode();) {
		if (!n.data.trim() || n.parentElement.closest('option, script, style, textarea') || !boxed(n.parentElement)) continue
		const range = document.createRange()
		range.selectNodeContents(n)
		for (const r of range.getClientRects()) if (r.width > 1) found.push({n, r, words: n.data.trim().slice(0, 40)})
	}
	return found
}

const block = once(e => ['inline', 'contents'].includes(getComputedStyle(e).display) ? block(e.parentElement) : e)
const outside = (r, b) => r.left < b.left - 1 || r.right > b.right + 1 || r.top < b.top - r.height / 3 || r.bottom > b.bottom + r.height / 3
const shared = (r, s) => [Math.min(r.right, s.right) - Math.max(r.left, s.left), Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top)]

// misplaced tells of text that runs out of the window or of its box, or into
// other text, and of things to press that lie upon each other.
const misplaced = () => {
	const all = lines(), things = pressed().map(e => ({e, r: e.getBoundingClientRect()}))
	const wide = document.documentElement.scrollWidth
	return [
		...(wide > innerWidth ? [`the page is ${wide} wide, the window ${innerWidth}`] : []),
		...all.filter(l => l.r.left < -1 || l.r.right > innerWidth + 1).map(l => `“${l.words}” runs out of the window`),
		...all.filter(l => outside(l.r, block(l.n.parentElement).getBoundingClientRect())).map(l => `“${l.words}” runs out of its box`),
		...all.filter(l => cut(l)).map(l => `“${l.words}” is cut off`),
		...overlaps(all),
		...things.flatMap((t, i) => things.slice(i + 1).filter(u => shared(t.r, u.r).every(d => d > 1)).map(u => `${stop(t.e)} and ${stop(u.e)} overlap`)),
	]
}

// overlaps tells of lines that lie upon each other. Only what begins before a line ends
// can lie upon it.
const overlaps = all => {
	const found = [], down = [...all].sort((l, m) => l.r.top - m.r.top)
	down.forEach((l, i) => {
		for (let j = i + 1; j < down.length && down[j].r.top < l.r.bottom; j++) {
			const m = down[j], [x, y] = shared(l.r, m.r)
			if (x > 2 && y > Math.min(l.r.height, m.r.height) * .4) found.push(`“${l.words}” and “${m.words}” overlap`)
		}
	})
	return found
}

// cut reports whether something that cannot be scrolled hides a part of a line.
const hiding = once(e => e ? [...['hidden', 'clip'].includes(getComputedStyle(e).overflowX) ? [e.getBoundingClientRect()] : [], ...hiding(e.parentElement)] : [])
const cut = l => hiding(l.n.parentElement).some(r => outside(l.r, r))

// pressed are the things that are pressed: of a box to tick, all of its label, of a
// link that is spread over a card, all of the card. Links in the middle of a sentence
// are as high as its lines.
const pressed = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].
	filter(e => e.type !== 'hidden' && boxed(e) && !inSentence(e)).
	map(e => e.type === 'checkbox' || e.type === 'radio' ? e.closest('label') : spread(e) ? e.offsetParent : e)
const spread = e => e.tagName === 'A' && getComputedStyle(e).position === 'static' && getComputedStyle(e, '::after').position === 'absolute'
const inSentence = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline' &&
	[...block(e).childNodes].some(n => !n.contains(e) && /\p{L}/u.test(n.textContent))

// small tells of things that fingers miss.
const small = () => pressed().filter(e => {
	const r = e.getBoundingClientRect()
	return r.width < 43.9 || r.height < 43.9
}).map(e => `${stop(e)} is only ${Math.round(e.offsetWidth)} by ${Math.round(e.offsetHeight)}`)

// edgeless tells of what has no edge left where all backgrounds are the same.
const edgeless = () => {
	const edged = e => {
		const s = getComputedStyle(e)
		return ['Top', 'Left'].some(side => s[`border${side}Style`] !== 'none' && parseFloat(s[`border${side}Width`]) >= 1)
	}
	const underlined = e => getComputedStyle(e).textDecorationLine.includes('underline')
	const boxes = [...document.querySelectorAll('button, input:not([type=checkbox], [type=radio]), select, textarea, progress, [role=alert], [role=status]')]
	const wrong = [...document.querySelectorAll('[aria-invalid=true]')].map(e => e.closest('.field'))
	return [...boxes.filter(e => e.type !== 'hidden' && boxed(e) && (words(e) || 'value' in e) && !underlined(e)), ...wrong].filter(e => !edged(e)).map(stop)
}

// moving tells of what moves.
const moving = () => [...document.querySelectorAll('*')].filter(e => ['', '::before', '::after'].some(part => {
	const s = getComputedStyle(e, part)
	return s.animationName !== 'none' || s.transitionDuration.split(',').some(d => parseFloat(d) > 0) || s.scrollBehavior === 'smooth'
})).map(stop)
