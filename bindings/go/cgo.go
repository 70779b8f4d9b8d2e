// SPDX-License-Identifier: MIT

package codedeploy

// #cgo pkg-config: codedeploy
import "C"
