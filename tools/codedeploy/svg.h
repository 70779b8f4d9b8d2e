/* SPDX-License-Identifier: MIT */
#ifndef SVG_H
#define SVG_H

/*
 * Writes a drawing as SVG to a stream. Lengths are pixels from the upper left corner. How things
 * look is said by classes: those of the style sheet that svg_begin() writes (see svg.c), and a
 * command's own.
 */

#include <stdint.h>
#include <stdio.h>

typedef struct svg {
    FILE *stream;
} svg;

/* `title` and `description` are what a screen reader says; `style` (CSS rules) may be NULL. */
void svg_begin(svg *out, FILE *stream, double width, double height, const char *title,
               const char *description, const char *style);
void svg_end(svg *out);

void svg_line(svg *out, double x1, double y1, double x2, double y2, const char *class);
void svg_rect(svg *out, double x, double y, double width, double height, const char *class);
void svg_circle(svg *out, double x, double y, double radius, const char *class);

typedef enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END } svg_anchor;

/* `y` is the base line. */
void svg_text(svg *out, double x, double y, svg_anchor anchor, const char *class,
              const char *format, ...) __attribute__((format(printf, 6, 7)));
/* Turned to read from bottom to top, around its anchor. */
void svg_text_upward(svg *out, double x, double y, svg_anchor anchor, const char *class,
                     const char *text);
/* A heading in class `title`, smaller or cut when it would be wider than `width`. */
void svg_title(svg *out, double x, double y, double width, const char *title);
/* About how wide a text of the given font size comes out: enough to keep labels apart. */
double svg_text_width(const char *text, double font_size);

/* A path: begin, move, any lines, close if it is an area, end. */
void svg_path_begin(svg *out, const char *class);
void svg_path_move(svg *out, double x, double y);
void svg_path_line(svg *out, double x, double y);
void svg_path_close(svg *out);
void svg_path_end(svg *out);

#endif
