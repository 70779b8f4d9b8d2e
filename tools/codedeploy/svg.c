/* SPDX-License-Identifier: MIT */
#include "svg.h"

#include <stdarg.h>
#include <string.h>

#include "json.h"

/*
 * One look for all pictures. White behind everything: a picture is read in documents and on paper,
 * whatever the colours of the program that shows it.
 *
 * Classes: background; title, subtitle, label, note, tick, strong (texts); axis, grid, mark,
 * dashed (lines); line-1 to line-5 and area-1 to area-5 (series, in colours that the colour-blind
 * can tell apart).
 */
static const char look[] =
    "text{font-family:Helvetica,Arial,\"Liberation Sans\",\"DejaVu Sans\",sans-serif;"
    "font-size:12px;fill:#24292f}\n"
    ".background{fill:#ffffff}\n"
    ".title{font-size:16px;font-weight:bold}\n"
    ".subtitle,.note{fill:#57606a}\n"
    ".note{font-size:11px}\n"
    ".tick{font-size:11px;fill:#57606a}\n"
    ".strong{font-weight:bold}\n"
    ".axis{stroke:#57606a;stroke-width:1;fill:none}\n"
    ".grid{stroke:#d8dee4;stroke-width:1;fill:none}\n"
    ".mark{stroke:#cf222e;stroke-width:1.5;fill:none}\n"
    ".dashed{stroke-dasharray:4 3}\n"
    ".line-1,.line-2,.line-3,.line-4,.line-5{fill:none;stroke-width:2;stroke-linejoin:round}\n"
    ".line-1{stroke:#0969da}.area-1{fill:#b6d7f7}\n"
    ".line-2{stroke:#bc4c00}.area-2{fill:#ffd8b5}\n"
    ".line-3{stroke:#1a7f37}.area-3{fill:#aceebb}\n"
    ".line-4{stroke:#cf222e}.area-4{fill:#ffcecb}\n"
    ".line-5{stroke:#6e7781}.area-5{fill:#eaeef2}\n";

/* What no XML holds, however it is written: bytes that are not UTF-8, U+FFFE and U+FFFF. */
static bool is_forbidden(const char *text, size_t length)
{
    return length == 0 || (length == 3 && memcmp(text, "\xEF\xBF", 2) == 0 &&
                           ((unsigned char)text[2] == 0xBE || (unsigned char)text[2] == 0xBF));
}

static void put_character(FILE *stream, const char *text, size_t length)
{
    if (*text == '&')
        fputs("&amp;", stream);
    else if (*text == '<')
        fputs("&lt;", stream);
    else if (*text == '>')
        fputs("&gt;", stream);
    else if (*text == '"')
        fputs("&quot;", stream);
    else if (is_forbidden(text, length))
        fputs("\xEF\xBF\xBD", stream); /* U+FFFD, the replacement character */
    else if ((unsigned char)*text >= 0x20)
        fwrite(text, 1, length, stream);
}

/* Characters, or bytes that are none, from the beginning of a text. */
static void put_start(FILE *stream, const char *text, size_t count)
{
    cdp_string whole = {text, strlen(text)};

    for (size_t at = 0; at < whole.length && count > 0; count--) {
        size_t length = json_character(whole, at);

        put_character(stream, text + at, length);
        at += length ? length : 1;
    }
}

static void put_escaped(FILE *stream, const char *text)
{
    put_start(stream, text, SIZE_MAX);
}

/* At most two decimals, and none that say nothing: the same text on every machine. */
static void put_number(FILE *stream, double number)
{
    char digits[48];
    size_t length;

    snprintf(digits, sizeof digits, "%.2f", number);
    length = strlen(digits);
    while (digits[length - 1] == '0')
        digits[--length] = '\0';
    if (digits[length - 1] == '.')
        digits[--length] = '\0';
    fputs(strcmp(digits, "-0") == 0 ? "0" : digits, stream);
}

static void put_attribute(FILE *stream, const char *name, double number)
{
    fprintf(stream, " %s=\"", name);
    put_number(stream, number);
    fputc('"', stream);
}

void svg_begin(svg *out, FILE *stream, double width, double height, const char *title,
               const char *description, const char *style)
{
    out->stream = stream;
    fputs("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"", stream);
    put_attribute(stream, "width", width);
    put_attribute(stream, "height", height);
    fputs(" viewBox=\"0 0 ", stream);
    put_number(stream, width);
    fputc(' ', stream);
    put_number(stream, height);
    fputs("\">\n<title>", stream);
    put_escaped(stream, title);
    fputs("</title>\n<desc>", stream);
    put_escaped(stream, description);
    fprintf(stream, "</desc>\n<style>\n%s%s</style>\n", look, style ? style : "");
    svg_rect(out, 0, 0, width, height, "background");
}

void svg_end(svg *out)
{
    fputs("</svg>\n", out->stream);
}

void svg_line(svg *out, double x1, double y1, double x2, double y2, const char *class)
{
    fprintf(out->stream, "<line class=\"%s\"", class);
    put_attribute(out->stream, "x1", x1);
    put_attribute(out->stream, "y1", y1);
    put_attribute(out->stream, "x2", x2);
    put_attribute(out->stream, "y2", y2);
    fputs("/>\n", out->stream);
}

void svg_rect(svg *out, double x, double y, double width, double height, const char *class)
{
    fprintf(out->stream, "<rect class=\"%s\"", class);
    put_attribute(out->stream, "x", x);
    put_attribute(out->stream, "y", y);
    put_attribute(out->stream, "width", width);
    put_attribute(out->stream, "height", height);
    fputs("/>\n", out->stream);
}

void svg_circle(svg *out, double x, double y, double radius, const char *class)
{
    fprintf(out->stream, "<circle class=\"%s\"", class);
    put_attribute(out->stream, "cx", x);
    put_attribute(out->stream, "cy", y);
    put_attribute(out->stream, "r", radius);
    fputs("/>\n", out->stream);
}

static void begin_text(svg *out, double x, double y, svg_anchor anchor, const char *class)
{
    static const char *const anchors[] = {NULL, "middle", "end"};

    fprintf(out->stream, "<text class=\"%s\"", class);
    put_attribute(out->stream, "x", x);
    put_attribute(out->stream, "y", y);
    if (anchors[anchor])
        fprintf(out->stream, " text-anchor=\"%s\"", anchors[anchor]);
}

void svg_text(svg *out, double x, double y, svg_anchor anchor, const char *class,
              const char *format, ...)
{
    char text[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    begin_text(out, x, y, anchor, class);
    fputc('>', out->stream);
    put_escaped(out->stream, text);
    fputs("</text>\n", out->stream);
}

void svg_title(svg *out, double x, double y, double width, const char *title)
{
    enum { LARGEST = 16, SMALLEST = 10 };
    double at_one = svg_text_width(title, 1);
    double size = at_one * LARGEST > width ? width / at_one : LARGEST;
    bool cut = size < SMALLEST;

    begin_text(out, x, y, SVG_START, "title");
    if (size < LARGEST) {
        fputs(" style=\"font-size:", out->stream);
        put_number(out->stream, cut ? SMALLEST : size);
        fputs("px\"", out->stream);
    }
    fputc('>', out->stream);
    /* Cut, it may be as long as if every character were of the usual width. */
    put_start(out->stream, title, cut ? (size_t)(width / SMALLEST / 0.64) : SIZE_MAX);
    fputs(cut ? "…</text>\n" : "</text>\n", out->stream);
}

void svg_text_upward(svg *out, double x, double y, svg_anchor anchor, const char *class,
                     const char *text)
{
    begin_text(out, x, y, anchor, class);
    fputs(" transform=\"rotate(-90 ", out->stream);
    put_number(out->stream, x);
    fputc(' ', out->stream);
    put_number(out->stream, y);
    fputs(")\">", out->stream);
    put_escaped(out->stream, text);
    fputs("</text>\n", out->stream);
}

double svg_text_width(const char *text, double font_size)
{
    double width = 0;

    /* The widest of the fonts that the look names decides. */
    for (; *text; text++) {
        if (((unsigned char)*text & 0xC0) != 0x80)
            width += strchr(" .,:;!|iljtf", *text) ? 0.36 : strchr("mwMW%", *text) ? 0.98 : 0.64;
    }
    return width * font_size;
}

void svg_path_begin(svg *out, const char *class)
{
    fprintf(out->stream, "<path class=\"%s\" d=\"", class);
}

static void put_point(svg *out, char letter, double x, double y)
{
    fputc(letter, out->stream);
    put_number(out->stream, x);
    fputc(' ', out->stream);
    put_number(out->stream, y);
}

void svg_path_move(svg *out, double x, double y)
{
    put_point(out, 'M', x, y);
}

void svg_path_line(svg *out, double x, double y)
{
    put_point(out, 'L', x, y);
}

void svg_path_close(svg *out)
{
    fputc('Z', out->stream);
}

void svg_path_end(svg *out)
{
    fputs("\"/>\n", out->stream);
}
