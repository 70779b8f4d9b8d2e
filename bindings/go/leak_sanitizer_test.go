// SPDX-License-Identifier: MIT

//go:build codedeploy_leaks

package codedeploy

import "libcodedeploy.internal/codedeploy/internal/leaks"

func init() {
	noLeaks, unwatched = leaks.None, leaks.Unwatched
}
