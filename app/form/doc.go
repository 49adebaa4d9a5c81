// Package form reads the definition of an application form and checks answers
// against it.
//
// The questions are data. A definition is a JSON document, such as
// membership.json, and [Parse] is the only way to get one: it refuses a
// document that could not be asked, and reports every fault in it. A question
// is added, changed or removed in the document alone, never in Go.
//
// The package does no I/O. Texts stand in a definition in every language of
// the site, and the caller chooses one when it shows them. A [Definition] is
// read-only and may be used concurrently.
//
// # Parts of a definition
//
//   - A [Section] is one page of questions. Its key stands in the path of the
//     page and in stores.
//   - A [Field] is one question. Its [Kind] decides how the question is asked
//     and what an answer looks like. Its key names the answer in stores and
//     exports, so a key never changes its meaning.
//   - An [Option] is one answer of a choice. Stores keep its code; pages show
//     its label. A list under "lists" holds options that several fields share
//     or that are too many to stand at their field.
//   - A [Condition] makes a field depend on an earlier choice, in the same
//     section or in one before. A field whose condition is not met is not
//     asked. In one section, a conditional field follows the field on which it
//     depends, because that is where it appears while the applicant answers.
//   - [AnyOf] is the rule that at least one of several fields is answered.
//   - A [Role] marks a field that the program itself reads: the address to
//     which it writes, and the language in which it writes. Every definition
//     has exactly one field for each role.
//   - A [Consent] is a statement to which the applicant may agree before
//     sending. Its version changes with its wording, and both are recorded.
//
// # Answers
//
// [Answers] hold the values of each field by its key. On their way from the
// browser to the application they go through four steps, in which answers are
// those of every section:
//
//	posted := section.Read(values)                      // clean: safe to store and to show
//	saved := definition.Merge(section, answers, posted) // what to save of the section
//	problems := definition.Validate(section, answers)   // what is wrong, by field
//	application := definition.Prune(answers)            // without what is not asked
//
// An answer to a field that is no longer asked stays saved, so that it comes
// back when the question does, but is neither checked nor sent.
//
// # Versions
//
// Every saved section and every application is stored with the version of the
// definition under which it was answered, and the definition itself is archived.
// Each change to a document therefore needs a new version: the program does not
// start with a definition whose [Definition.Source] differs from the archived one
// of the same version. [Definition.Changes] and [Definition.Dropped] compare a
// definition with an older one, so that an applicant is told what has changed
// since the draft was begun.
package form
