package address

import "testing"

func TestMailboxKey(t *testing.T) {
	tests := []struct{ name, address, want string }{
		{"as it is", "zoe@example.org", "zoe@example.org"},
		{"capitals", "Zoe@Example.ORG", "zoe@example.org"},
		{"a tag", "zoe+news@example.org", "zoe@example.org"},
		{"two tags", "zoe+a+b@example.org", "zoe@example.org"},
		{"an empty tag", "zoe+@example.org", "zoe@example.org"},
		{"nothing but a tag", "+news@example.org", "+news@example.org"},
		{"dots at Google", "z.o.e@gmail.com", "zoe@gmail.com"},
		{"dots, capitals and a tag at Google", "Z.oe+a.b@GoogleMail.com", "zoe@gmail.com"},
		{"dots elsewhere", "z.oe@example.org", "z.oe@example.org"},
		{"a domain that ends like Google's", "z.oe@notgmail.com", "z.oe@notgmail.com"},
		{"a plus in the domain", "zoe@a+b.example", "zoe@a+b.example"},
		{"no address", "Zoe", "zoe"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := MailboxKey(tt.address); got != tt.want {
				t.Errorf("the mailbox of %q is %q, want %q", tt.address, got, tt.want)
			}
			if again := MailboxKey(tt.want); again != tt.want {
				t.Errorf("the mailbox %q has the mailbox %q", tt.want, again)
			}
		})
	}
}
