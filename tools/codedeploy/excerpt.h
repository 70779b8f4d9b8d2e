/* SPDX-License-Identifier: MIT */
#ifndef EXCERPT_H
#define EXCERPT_H

#include <stdbool.h>
#include <stdio.h>

#include <codedeploy/codedeploy.h>

/*
 * Prints the line of the text that a finding is about, with a caret and tildes under the place.
 * Prints nothing when the text is not UTF-8 (its bytes would not be what the reader sees).
 */
void excerpt_print(FILE *stream, cdp_string text, const cdp_diagnostic *found, bool colour);

#endif
