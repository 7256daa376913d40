package memcache

import "container/heap"

// Policy says which value goes first when a cache is full.
type Policy string

// The policies.
const (
	// LeastRecentlyUsed lets go of what was not used for the longest time. It is
	// the default.
	LeastRecentlyUsed Policy = "lru"
	// LeastFrequentlyUsed lets go of what was used least often, of several the
	// least recently used. Uses age: a new value begins as high as the last one that
	// went, so that what was popular once does not stay for ever (LFU with dynamic
	// aging; Arlitt, Cherkasova, Dilley, Friedrich, Jin: Evaluating Content
	// Management Techniques for Web Proxy Caches, 2000).
	LeastFrequentlyUsed Policy = "lfu"
)

// rank orders entries for eviction: the lowest goes first.
type rank struct {
	uses   int64 // with the age at which they began; 0 where uses do not count
	used   int64 // when it was last used, in uses of the whole cache
	place  int   // in the queue
	queued bool
}

// queue is a heap of the entries, that which goes first at the top.
type queue []*entry

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	if q[i].rank.uses != q[j].rank.uses {
		return q[i].rank.uses < q[j].rank.uses
	}
	return q[i].rank.used < q[j].rank.used
}

func (q queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].rank.place, q[j].rank.place = i, j
}

func (q *queue) Push(x any) {
	e := x.(*entry)
	e.rank.place = len(*q)
	*q = append(*q, e)
}

func (q *queue) Pop() any {
	last := len(*q) - 1
	e := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return e
}

// use counts a use of the entry, which it queues when it is new.
func (c *Cache) use(e *entry) {
	c.uses++
	e.rank.used = c.uses
	if c.options.Evict == LeastFrequentlyUsed {
		if !e.rank.queued {
			e.rank.uses = c.age
		}
		e.rank.uses++
	}
	if e.rank.queued {
		heap.Fix(&c.queue, e.rank.place)
		return
	}
	e.rank.queued = true
	heap.Push(&c.queue, e)
}

// evict removes the entry that goes first.
func (c *Cache) evict() *entry {
	e := c.queue[0]
	c.age = e.rank.uses
	c.remove(e)
	return e
}
