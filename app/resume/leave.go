package resume

import (
	"context"

	"joinery/app/token"
)

// Leave takes away what a browser with the given session holds. The draft or the
// application stays as it is, with all else that leads to it.
func (s *Service) Leave(ctx context.Context, session string) error {
	return s.o.Access.Leave(ctx, token.Digest(session))
}
