// Package workflows is the published language of workflow management: definitions
// that are kept with their versions, and runs of them that outlive their process.
package workflows
