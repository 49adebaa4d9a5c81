// How each text on the page looks: all that its contrast, and that of a link to the text
// around it, depend on. It stands behind person.js.

const appearances = () => {
	const known = new Map(), found = new Set()
	const clear = s => s.backgroundColor === 'rgba(0, 0, 0, 0)' && s.backgroundImage === 'none'
	const surface = (e, part) => {
		const s = getComputedStyle(e, part)
		if (part ? s.content === 'none' || clear(s) : clear(s) && s.opacity === '1' && s.position === 'static') return ''
		return [part, s.backgroundColor, s.backgroundImage, s.opacity, s.position].join() + '; '
	}
	const behind = e => {
		if (e && !known.has(e)) known.set(e, behind(e.parentElement) + [null, '::before', '::after'].map(part => surface(e, part)).join(''))
		return known.get(e) ?? ''
	}
	const add = e => {
		if (!visible(e)) return
		const s = getComputedStyle(e), around = getComputedStyle(e.parentElement)
		found.add([behind(e), s.color, around.color, s.fontSize, s.fontWeight, s.textDecorationLine, e.localName === 'a', e.disabled].join(' '))
	}
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
	for (let n; n = walk.nextNode();) if (n.data.trim()) add(n.parentElement)
	document.querySelectorAll('input, select, textarea').forEach(add)
	return [...found]
}
