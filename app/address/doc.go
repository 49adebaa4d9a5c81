// Package address handles email addresses as people type them: their canonical
// form, suggestions for likely typing mistakes, the mailbox in which their mail
// arrives, and whether their domain accepts mail.
package address
