package sourceagent

import (
	"context"
	"iter"
	"sync"

	"github.com/docsteward/docsteward/domain/source"
	port "github.com/docsteward/docsteward/ports/source"
)

// readers is how many files are read at once, and held in memory.
const readers = 4

// content is what reading a file brought.
type content struct {
	data []byte
	err  error
}

// readAhead yields the contents of the items with their index, in order, while
// the next ones are being read. Its readers are gone when it ends.
func readAhead(ctx context.Context, open port.Source, items []source.Item) iter.Seq2[int, content] {
	return func(yield func(int, content) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var running sync.WaitGroup
		defer running.Wait()
		defer cancel()
		window := make(chan chan content, readers)
		next := 0
		start := func() {
			if next == len(items) {
				return
			}
			item, answer := items[next], make(chan content, 1)
			next++
			window <- answer
			running.Go(func() {
				data, err := open.Read(ctx, item)
				answer <- content{data, err}
			})
		}
		for range readers {
			start()
		}
		for i := range items {
			read := <-<-window
			start()
			if !yield(i, read) {
				return
			}
		}
	}
}
