// What a person finds on a page: questions and options by their labels, buttons
// and links by their words, and only what can be seen. The tests put this before
// what they evaluate.

const words = e => e.textContent.replace(/\s+/g, ' ').trim()
const title = () => words(document.querySelector('title'))
const visible = e => e.checkVisibility({visibilityProperty: true, opacityProperty: true})

// named finds the visible element that begins with text: the mark of a required
// question may follow.
const named = (selector, text, within = document) =>
	[...within.querySelectorAll(selector)].find(e => visible(e) && !e.closest('[aria-hidden=true]') &&
		(words(e) === text || words(e).startsWith(text + ' *') || words(e).startsWith(text + ' (')))

// question finds the control, or the group of controls, with the given label.
const question = text => {
	const label = named('label.question, legend, summary', text)
	return label && (label.control ?? label.closest('fieldset') ?? label.nextElementSibling)
}

const option = (text, label) => named('label', label, question(text) ?? null)?.control
// fold finds the summary of the outermost closed list that an option of a question stands in.
const fold = (text, label) => {
	const e = [...question(text)?.querySelectorAll('label') ?? []].find(e => words(e) === label)
	const closed = []
	for (let at = e; at; at = at.parentElement) if (at.localName === 'details' && !at.open) closed.unshift(at)
	return closed[0]?.querySelector('summary')
}
const box = text => named('label', text)?.control
const button = text => named('button, a', text)
const summary = () => [...document.querySelectorAll('[role=alert]')].find(visible)

// point returns where to press on e, once nothing covers it.
const point = e => {
	e.scrollIntoView({block: 'center', behavior: 'instant'})
	const r = (e.type === 'checkbox' || e.type === 'radio' ? e.closest('label') : e).getBoundingClientRect()
	const x = r.left + Math.min(r.width / 2, 40), y = r.top + Math.min(r.height / 2, 20)
	const hit = document.elementFromPoint(x, y)
	if (!hit || !(e.contains(hit) || hit.closest('label')?.control === e)) throw new Error('something covers it')
	return [x, y]
}

// The place of the page in the order of those that were seen.
const heading = () => document.querySelector('h1')
const turned = n => {
	const h = heading()
	return document.readyState === 'complete' && !!h && h.turn !== n
}

// stops are what Tab stops at: of buttons that exclude each other, the chosen
// one or the first. What is not shown is none, but what is shown to nobody until
// it has the focus is one.
const stops = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, iframe, [tabindex]')].filter(e =>
	e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}) && (e.type !== 'radio' || e === entry(e)))
const entry = radio => {
	const all = [...document.getElementsByName(radio.name)]
	return all.find(e => e.checked) ?? all[0]
}
const stop = e => e.type === 'radio' ? e.name : [e.tagName, e.id || e.getAttribute('href') || e.value, words(e).slice(0, 30)].filter(s => s).join(' ')

// disorder names stops that stand neither below nor to the right of the one
// before. A list in columns goes on at the top of the next one.
const disorder = () => stops().slice(1).flatMap((e, i, rest) => {
	const before = rest[i - 1] ?? e, [r, q] = [e, before].map(e => e.getBoundingClientRect())
	const columns = e.closest('.many')
	if (columns && columns === before.closest('.many') && r.left > q.right) return []
	return r.bottom > q.top + 1 && (r.bottom > q.bottom - 1 || r.left > q.left) ? [] : [stop(e)]
})

// isSeen reports whether all of e can be seen without scrolling, or of what is
// written in several lines, the first: browsers show where the cursor is.
const isSeen = e => {
	const r = e.getBoundingClientRect()
	return r.top > -1 && r.left > -1 && r.right < innerWidth + 1 && (e.type === 'textarea' ? r.top + 44 : r.bottom) < innerHeight + 1
}

// look tells how e looks, by what styles depend on: what it is and stands in, its state, and
// whether it goes over several lines.
const look = e => [place(e), e.type, e.checked, e.ariaInvalid, !!e.closest('.wrong'), e.getClientRects().length > 1].join()
const place = e => e ? place(e.parentElement) + ' ' + [e.localName, ...e.classList].join('.') : ''

// framed returns where on the page e is seen, with its label and with room for the
// line around it, and how many points a line of two around it has there.
const framed = e => {
	const r = (e.closest('label') ?? e).getBoundingClientRect()
	const line = [...e.getClientRects()].reduce((sum, r) => r.bottom + 6 < innerHeight ? sum + 4 * (r.width + r.height) :
		sum + 2 * r.width + 4 * (Math.min(r.bottom, innerHeight) - r.top), 0)
	const left = Math.max(r.left - 10, 0), right = Math.min(r.right + 10, innerWidth)
	const top = Math.max(r.top - 10, 0), bottom = Math.min(r.bottom + 10, innerHeight)
	return [left + scrollX, top + scrollY, right + scrollX, bottom + scrollY, line].map(Math.floor)
}
