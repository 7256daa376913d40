package claim_test

import (
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
)

func TestKeysThatAnotherModuleTellsAreNotGone(t *testing.T) {
	facts := []code.Fact{
		{Kind: code.Key, Name: "remote_write.sigv4"}, {Kind: code.Key, Name: "remote_write.sigv4.{}", Scope: "example.com/sigv4", Weak: true},
		{Kind: code.Key, Name: "remote_write.queue"}, {Kind: code.Key, Name: "remote_write.queue.{}", Scope: "example.com/app/queue", Weak: true},
	}
	for _, key := range strings.Fields("url timeout name headers send_all queue.capacity queue.min_shards queue.max_shards") {
		facts = append(facts, code.Fact{Kind: code.Key, Name: "remote_write." + key})
	}
	index := code.NewIndex(facts)
	for name, want := range map[string]claim.State{
		"remote_write.sigv4.regoin": claim.Unknown, "remote_write.sigv4.deep.er": claim.Unknown, "top.remote_write.sigv4.region": claim.Unknown,
		"remote_write.queue.capacity": claim.Holds, "remote_write.queue.max_shardz": claim.Renamed, "remote_write.sigv4": claim.Holds,
	} {
		claims := []claim.Claim{{Kind: code.Key, Name: name, Written: name, Place: claim.Table}, {Kind: code.Key, Name: "remote_write.url", Place: claim.Table}, {Kind: code.Key, Name: "remote_write.name", Place: claim.Table}}
		v := claim.Judge(index, claims, claim.Options{Module: "example.com/app"})
		if v[0].State != want {
			t.Errorf("%s is %s: %s", name, v[0].State, v[0].Reason)
		}
	}
}
