// Package healthmonitoring is the published language of health monitoring: how the
// services are and why, which alerts there are, and the incidents that people look
// after.
package healthmonitoring
