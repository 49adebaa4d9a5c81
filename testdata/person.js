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
	const label = named('label.question, legend', text)
	return label && (label.control ?? label.closest('fieldset'))
}

const option = (text, label) => named('label', label, question(text) ?? null)?.control
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
