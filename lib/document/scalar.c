/* SPDX-License-Identifier: MIT */
#include "document/scalar.h"

#include "document/tree.h"

/* A cursor over one scalar; past the end it reads NUL. */
static char at(cdp_string text, size_t index)
{
    return index < text.length ? text.data[index] : '\0';
}

static size_t skip_sign(cdp_string text)
{
    return at(text, 0) == '-' || at(text, 0) == '+';
}

/* The sets are short, and a call would take longer. */
static bool is_one_of(char c, const char *set)
{
    for (; *set; set++) {
        if (*set == c)
            return true;
    }
    return false;
}

static size_t skip_set(cdp_string text, size_t from, const char *set)
{
    while (is_one_of(at(text, from), set))
        from++;
    return from;
}

static size_t skip_digits(cdp_string text, size_t from)
{
    while (cdp_is_digit(at(text, from)))
        from++;
    return from;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/*
 * The loader's short cut: a text whose first or second character is one of these is no number. Other
 * letters than ASCII's need no table here, because no number begins with one anyway.
 */
static bool is_wordlike(char c)
{
    switch (c) {
    case '_':
    case '!':
    case '@':
    case '#':
    case '$':
    case '%':
    case '^':
    case '&':
    case '*':
    case '(':
    case ')':
    case '{':
    case '}':
    case '<':
    case '>':
    case '|':
    case '/':
    case '\\':
    case '~':
    case ';':
    case '=':
        return true;
    default:
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_space(c);
    }
}

static bool looks_like_a_word(cdp_string text)
{
    char first = text.data[0];

    return is_wordlike(first) || (!cdp_is_digit(first) && first != '.' && first != ':' &&
                                  first != '-' && is_wordlike(at(text, 1)));
}

/* Whether one line of the text is this word, in any case: the loader's patterns match by line. */
static bool has_line(cdp_string text, const char *word)
{
    for (size_t from = 0; from < text.length;) {
        size_t end = cdp_string_find(text, '\n', from);

        if (cdp_string_equal_ignoring_case(cdp_string_slice(text.data + from, end - from),
                                           cdp_string_of(word)))
            return true;
        from = end + 1;
    }
    return false;
}

static bool every_line_begins_with(cdp_string text, const char *letters)
{
    for (size_t i = 0; i < text.length; i++) {
        if ((i == 0 || text.data[i - 1] == '\n') && !is_one_of(cdp_lower(text.data[i]), letters))
            return false;
    }
    return true;
}

static size_t character_count(cdp_string text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.length; i++)
        count += (text.data[i] & 0xC0) != 0x80;
    return count;
}

/*
 * At a glance: whether a word can be one of those that mean something else. They have at most five
 * letters, and a longer text can only be one when it has lines.
 */
static bool may_be_special(cdp_string text)
{
    return is_one_of(cdp_lower(text.data[0]), "ytonf~") &&
           (text.length <= 5 || cdp_string_find(text, '\n', 0) < text.length);
}

static cdp_resolved resolve_word(cdp_string text)
{
    static const char *const yes[] = {"yes", "true", "on"};
    static const char *const no[] = {"no", "false", "off"};
    cdp_resolved resolved = {.type = CDP_SCALAR_STRING, .text = text};

    if (!may_be_special(text) || character_count(text) > 5 ||
        !every_line_begins_with(text, "ytonf~"))
        return resolved;
    if (cdp_string_equal_c(text, "~") || has_line(text, "null")) {
        resolved.type = CDP_SCALAR_NULL;
        return resolved;
    }
    for (size_t i = 0; i < 3; i++) {
        resolved.boolean = has_line(text, yes[i]);
        if (resolved.boolean || has_line(text, no[i])) {
            resolved.type = CDP_SCALAR_BOOLEAN;
            return resolved;
        }
    }
    return resolved;
}

/* One or two digits; 0 when there are none. */
static size_t skip_one_or_two_digits(cdp_string text, size_t from)
{
    size_t count = skip_digits(text, from) - from;

    return count == 0 ? 0 : from + (count > 2 ? 2 : count);
}

/* `YYYY-M-D`; the index behind it, or 0. */
static size_t skip_date(cdp_string text, size_t from)
{
    if (skip_digits(text, from) != from + 4 || at(text, from + 4) != '-')
        return 0;
    from = skip_one_or_two_digits(text, from + 5);
    if (from == 0 || at(text, from) != '-')
        return 0;
    return skip_one_or_two_digits(text, from + 1);
}

/* `h:mm:ss`, fraction and zone up to the end. */
static bool is_time_of_day(cdp_string text, size_t from)
{
    size_t digits, minutes;

    from = skip_one_or_two_digits(text, from);
    if (from == 0 || at(text, from) != ':' || skip_digits(text, from + 1) != from + 3 ||
        at(text, from + 3) != ':' || skip_digits(text, from + 4) != from + 6)
        return false;
    from += 6;
    if (at(text, from) == '.')
        from = skip_digits(text, from + 1);
    if (from == text.length)
        return true;
    while (is_space(at(text, from)))
        from++;
    if (at(text, from) == 'Z')
        return from + 1 == text.length;
    if (at(text, from) != '+' && at(text, from) != '-')
        return false;
    digits = skip_digits(text, from + 1) - (from + 1);
    from += 1 + digits;
    if (at(text, from) != ':')
        return digits >= 1 && digits <= 4 && from == text.length;
    minutes = skip_digits(text, from + 1) - (from + 1);
    return digits >= 1 && digits <= 2 && (minutes == 0 || minutes == 2) &&
           from + 1 + minutes == text.length;
}

static bool is_time(cdp_string text)
{
    size_t from = skip_date(text, at(text, 0) == '-');

    if (from == 0)
        return false;
    if (at(text, from) == 'T' || at(text, from) == 't')
        return is_time_of_day(text, from + 1);
    if (!is_space(at(text, from)))
        return false;
    while (is_space(at(text, from)))
        from++;
    return is_time_of_day(text, from);
}

/* One digit, or two that are not past `most`. */
static bool is_at_most(cdp_string digits, int most)
{
    return digits.length == 1 || (digits.data[0] - '0') * 10 + digits.data[1] - '0' <= most;
}

static bool is_date(cdp_string text)
{
    size_t dash;

    if (skip_date(text, 0) != text.length)
        return false;
    dash = cdp_string_find(text, '-', 5);
    return is_at_most(cdp_string_slice(text.data + 5, dash - 5), 12) &&
           is_at_most(cdp_string_slice(text.data + dash + 1, text.length - dash - 1), 31);
}

static bool is_special_float(cdp_string text, double *value)
{
    cdp_string bare = text;

    if (cdp_string_equal_ignoring_case(text, CDP_STR(".nan"))) {
        *value = cdp_double_nan();
        return true;
    }
    bare.data += skip_sign(text);
    bare.length -= skip_sign(text);
    if (!cdp_string_equal_ignoring_case(bare, CDP_STR(".inf")))
        return false;
    *value = cdp_decimal_double(text.data[0] == '-' ? CDP_STR("-1e999") : CDP_STR("1e999"));
    return true;
}

static cdp_resolved resolve_symbol(cdp_string text)
{
    cdp_resolved resolved = {.type = CDP_SCALAR_SYMBOL};
    char quote = text.data[1];
    size_t close = text.length;

    resolved.text = cdp_string_slice(text.data + 1, text.length - 1);
    if (quote != '"' && quote != '\'')
        return resolved;
    while (close > 2 && text.data[close - 1] != quote)
        close--;
    if (close <= 2)
        return resolved;
    resolved.text = cdp_string_slice(text.data + 2, close - 3);
    if (at(resolved.text, 0) == ':') {
        resolved.text.data++;
        resolved.text.length--;
    }
    return resolved;
}

/*
 * `[-+]?d[d_]*(:[0-5]?d){1,2}`, and with `fraction` also `.[d_]*` behind it. How many parts, or 0.
 */
static unsigned count_sixty_parts(cdp_string text, bool *fraction)
{
    size_t from = skip_sign(text);
    unsigned parts = 1;

    *fraction = false;
    if (!cdp_is_digit(at(text, from)))
        return 0;
    from = skip_set(text, from, "0123456789_");
    while (parts < 3 && at(text, from) == ':' && cdp_is_digit(at(text, from + 1))) {
        from += is_one_of(at(text, from + 1), "012345") && cdp_is_digit(at(text, from + 2)) ? 3 : 2;
        parts++;
    }
    if (parts > 1 && at(text, from) == '.') {
        *fraction = true;
        from = skip_set(text, from + 1, "0123456789_");
    }
    return parts > 1 && from == text.length ? parts : 0;
}

/* As much of a text as Ruby's to_i and to_f read: single underscores between digits only. */
static cdp_string number_prefix(cdp_string text, bool fraction)
{
    size_t end = skip_sign(text);
    bool point = false;

    for (; end < text.length; end++) {
        char c = text.data[end];

        if (c == '_' && end > 0 && cdp_is_digit(text.data[end - 1]) &&
            cdp_is_digit(at(text, end + 1)))
            continue;
        if (c == '.' && fraction && !point && cdp_is_digit(at(text, end + 1))) {
            point = true;
            continue;
        }
        if (!cdp_is_digit(c))
            break;
    }
    return cdp_string_slice(text.data, end);
}

static cdp_integer_text decimal_integer(cdp_string text)
{
    size_t sign = skip_sign(text);

    return (cdp_integer_text){
        .negative = at(text, 0) == '-',
        .base = 10,
        .digits = {text.data + sign, text.length - sign},
    };
}

/* 3600, 60 and 1 times the parts; the loader counts from the left. */
static cdp_resolved resolve_sixty(cdp_string text, bool fraction)
{
    static const int64_t factors[] = {3600, 60, 1};
    cdp_resolved resolved = {.type = fraction ? CDP_SCALAR_FLOAT : CDP_SCALAR_INTEGER,
                             .computed = true};

    for (size_t part = 0, from = 0; from < text.length; part++) {
        size_t end = cdp_string_find(text, ':', from);
        cdp_string one = cdp_string_slice(text.data + from, end - from);
        cdp_integer_text integer = decimal_integer(number_prefix(one, false));
        int64_t value;

        resolved.number += cdp_decimal_double(number_prefix(one, fraction)) * (double)factors[part];
        if (!cdp_integer_value(&integer, &value) || value > INT64_MAX / 3600 - 1 ||
            value < INT64_MIN / 3600 + 1) {
            resolved.overflow = true;
            resolved.value = value;
        }
        if (!resolved.overflow)
            resolved.value += value * factors[part];
        from = end + 1;
    }
    return resolved;
}

/* `[-+]?(d[d_,]*)?\.d*([eE][-+]d+)?`, but not a mere point. */
static bool is_float(cdp_string text)
{
    size_t from = skip_sign(text);

    if (cdp_is_digit(at(text, from)))
        from = skip_set(text, from, "0123456789_,");
    if (at(text, from) != '.')
        return false;
    from = skip_digits(text, from + 1);
    if ((at(text, from) == 'e' || at(text, from) == 'E') &&
        (at(text, from + 1) == '-' || at(text, from + 1) == '+') &&
        cdp_is_digit(at(text, from + 2)))
        from = skip_digits(text, from + 2);
    return from == text.length && text.length > skip_sign(text) + 1;
}

/* A float of digits in its exponent only, such as `.e+5`: the loader dies of it. */
static bool has_mantissa(cdp_string text)
{
    size_t from = skip_sign(text);

    return cdp_is_digit(at(text, from)) || cdp_is_digit(at(text, from + 1));
}

/* The legacy integers: commas and underscores between the digits. */
static bool is_integer(cdp_string text, cdp_integer_text *integer)
{
    size_t from = skip_sign(text);
    bool zero = at(text, from) == '0';
    char mark = at(text, from + 1);

    *integer = (cdp_integer_text){.negative = at(text, 0) == '-'};
    if (zero && mark == 'b') {
        integer->base = 2;
        from += 2;
    } else if (zero && mark == 'x') {
        integer->base = 16;
        from += 2;
    } else if (zero && from + 1 < text.length) {
        integer->base = 8;
        from += 1;
    } else {
        integer->base = 10;
    }
    integer->digits = cdp_string_slice(text.data + from, text.length - from);
    if (integer->base != 10)
        return integer->digits.length > 0 &&
               skip_set(integer->digits, 0,
                        integer->base == 2    ? "01_,"
                        : integer->base == 16 ? "0123456789abcdefABCDEF_,"
                                              : "01234567_,") == integer->digits.length;
    if (!cdp_is_digit(at(text, from)))
        return false;
    for (size_t i = 0; i < integer->digits.length; i++) {
        char c = integer->digits.data[i];

        if (!cdp_is_digit(c) &&
            ((c != '_' && c != ',') || !cdp_is_digit(at(integer->digits, i + 1))))
            return false;
    }
    return true;
}

/* `0b_` and `0x,` match the loader's pattern, and then it dies of them; `0_` is 0. */
static bool has_digits(const cdp_integer_text *integer)
{
    return integer->base == 8 || skip_set(integer->digits, 0, "_,") < integer->digits.length;
}

static cdp_resolved resolve_number(cdp_string text)
{
    cdp_resolved resolved = {.type = CDP_SCALAR_STRING, .text = text};
    bool fraction;

    if (count_sixty_parts(text, &fraction))
        return resolve_sixty(text, fraction);
    if (is_float(text)) {
        resolved.type = has_mantissa(text) ? CDP_SCALAR_FLOAT : CDP_SCALAR_REFUSED;
    } else if (is_integer(text, &resolved.integer)) {
        resolved.type = has_digits(&resolved.integer) ? CDP_SCALAR_INTEGER : CDP_SCALAR_REFUSED;
    }
    resolved.broken = resolved.type == CDP_SCALAR_REFUSED;
    return resolved;
}

/* The numbers that most documents hold, which need none of what follows. */
static bool is_simple_number(cdp_string text)
{
    return text.data[0] != '0' && skip_digits(text, 0) == text.length;
}

static cdp_resolved tokenize(cdp_string text)
{
    cdp_resolved resolved = {.type = CDP_SCALAR_NULL, .text = text};

    if (text.length == 0)
        return resolved;
    if (is_simple_number(text)) {
        resolved.type = CDP_SCALAR_INTEGER;
        resolved.integer = (cdp_integer_text){.base = 10, .digits = text};
        return resolved;
    }
    if (looks_like_a_word(text) || cdp_string_find(text, '\n', 0) < text.length)
        return resolve_word(text);
    if (is_time(text) || is_date(text)) {
        resolved.type = CDP_SCALAR_REFUSED;
        return resolved;
    }
    if (is_special_float(text, &resolved.number)) {
        resolved.type = CDP_SCALAR_FLOAT;
        resolved.computed = true;
        return resolved;
    }
    if (text.data[0] == ':' && text.length > 1)
        return resolve_symbol(text);
    return resolve_number(text);
}

static bool tag_is(cdp_string tag, const char *name)
{
    return cdp_string_equal_c(tag, name);
}

/* `prefix`, and whether a class name follows it behind a colon. */
static bool tag_begins(cdp_string tag, const char *prefix, bool *named)
{
    cdp_string begin = cdp_string_of(prefix);

    if (!cdp_string_starts_with(tag, begin))
        return false;
    *named = tag.length > begin.length + 1 && tag.data[begin.length] == ':';
    return tag.length == begin.length || tag.data[begin.length] == ':';
}

/* Kernel#Float of a string: a decimal with an unsigned exponent too. */
static bool is_ruby_float(cdp_string text)
{
    size_t from;
    size_t digits;

    text = cdp_string_trim(text);
    from = skip_sign(text);
    digits = number_prefix(cdp_string_slice(text.data + from, text.length - from), true).length;
    if (digits == 0)
        return false;
    from += digits;
    if (from == text.length)
        return true;
    if (at(text, from) != 'e' && at(text, from) != 'E')
        return false;
    from += 1 + (at(text, from + 1) == '-' || at(text, from + 1) == '+');
    return cdp_is_digit(at(text, from)) && skip_digits(text, from) == text.length;
}

static cdp_resolved resolve_tagged_float(cdp_string text)
{
    cdp_resolved resolved = tokenize(text);

    if (resolved.type == CDP_SCALAR_INTEGER) {
        resolved.number =
            resolved.computed ? (double)resolved.value : cdp_integer_double(&resolved.integer);
        resolved.computed = true;
        resolved.type = CDP_SCALAR_FLOAT;
    } else if (resolved.type == CDP_SCALAR_STRING && is_ruby_float(text)) {
        resolved.type = CDP_SCALAR_FLOAT;
        resolved.text = cdp_string_trim(text);
    } else if (resolved.type != CDP_SCALAR_FLOAT && resolved.type != CDP_SCALAR_REFUSED) {
        resolved.type = CDP_SCALAR_REFUSED;
        resolved.broken = true;
    }
    return resolved;
}

static bool names_a_class(cdp_string tag)
{
    static const char *const classes[] = {
        "!ruby/object:BigDecimal", "!ruby/object:DateTime", "!ruby/object:Complex",
        "!ruby/object:Rational",   "!ruby/regexp",          "!ruby/range",
    };

    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (tag_is(tag, classes[i]))
            return true;
    }
    return false;
}

static cdp_resolved resolve_tagged(cdp_string text, cdp_string tag)
{
    cdp_resolved resolved = {.type = CDP_SCALAR_STRING, .text = text};
    bool named = false;

    if (tag_is(tag, "!binary") || tag_is(tag, "tag:yaml.org,2002:binary")) {
        resolved.base64 = true;
    } else if (tag_is(tag, "tag:yaml.org,2002:str")) {
        return resolved;
    } else if (cdp_string_starts_with(tag, CDP_STR("!str")) ||
               cdp_string_starts_with(tag, CDP_STR("!ruby/string"))) {
        if (tag_begins(tag, "!str", &named) || tag_begins(tag, "!ruby/string", &named))
            resolved.type = named ? CDP_SCALAR_REFUSED : CDP_SCALAR_STRING;
    } else if (tag_is(tag, "tag:yaml.org,2002:float") || tag_is(tag, "!float")) {
        return resolve_tagged_float(text);
    } else if (tag_is(tag, "!ruby/class") || tag_is(tag, "!ruby/module")) {
        resolved.type = text.length ? CDP_SCALAR_REFUSED : CDP_SCALAR_NULL;
    } else if (names_a_class(tag)) {
        resolved.type = CDP_SCALAR_REFUSED;
    } else if (cdp_string_starts_with(tag, CDP_STR("!ruby/sym"))) {
        resolved.type = CDP_SCALAR_SYMBOL;
    } else if (!tag_is(tag, "!ruby/encoding")) {
        return tokenize(text);
    }
    return resolved;
}

cdp_resolved cdp_resolve_yaml(cdp_string text, cdp_scalar_style style, cdp_string tag)
{
    cdp_resolved string = {.type = CDP_SCALAR_STRING, .text = text};

    if (tag.data && !tag_is(tag, "!"))
        return resolve_tagged(text, tag);
    return style == CDP_STYLE_PLAIN || tag.data ? tokenize(text) : string;
}

cdp_resolved cdp_resolve_json(cdp_string text, cdp_scalar_style style)
{
    cdp_resolved resolved = {.type = CDP_SCALAR_STRING, .text = text};

    if (style != CDP_STYLE_PLAIN)
        return resolved;
    if (cdp_string_equal_c(text, "null")) {
        resolved.type = CDP_SCALAR_NULL;
    } else if (cdp_string_equal_c(text, "true") || cdp_string_equal_c(text, "false")) {
        resolved.type = CDP_SCALAR_BOOLEAN;
        resolved.boolean = text.data[0] == 't';
    } else if (skip_set(text, 0, "-0123456789") == text.length) {
        resolved.type = CDP_SCALAR_INTEGER;
        resolved.integer = decimal_integer(text);
    } else {
        resolved.type = CDP_SCALAR_FLOAT;
    }
    return resolved;
}

/* `-?(0|[1-9]d*)(.d+)?([eE][-+]?d+)?` */
static bool is_json_number(cdp_string text)
{
    size_t from = at(text, 0) == '-';
    size_t digits = skip_digits(text, from) - from;

    if (digits == 0 || (digits > 1 && at(text, from) == '0'))
        return false;
    from += digits;
    if (at(text, from) == '.') {
        if (!cdp_is_digit(at(text, from + 1)))
            return false;
        from = skip_digits(text, from + 1);
    }
    if (at(text, from) == 'e' || at(text, from) == 'E') {
        from += 1 + (at(text, from + 1) == '-' || at(text, from + 1) == '+');
        if (!cdp_is_digit(at(text, from)))
            return false;
        from = skip_digits(text, from);
    }
    return from == text.length;
}

cdp_resolved cdp_resolve_xml(cdp_string text)
{
    bool literal = cdp_string_equal_c(text, "null") || cdp_string_equal_c(text, "true") ||
                   cdp_string_equal_c(text, "false") || is_json_number(text);
    cdp_resolved resolved = {.type = CDP_SCALAR_NULL, .text = text};

    return text.length == 0
               ? resolved
               : cdp_resolve_json(text, literal ? CDP_STYLE_PLAIN : CDP_STYLE_DOUBLE_QUOTED);
}

cdp_scalar cdp_resolved_value(const cdp_resolved *resolved)
{
    cdp_scalar scalar = {.type = resolved->type, .boolean = resolved->boolean};

    if (resolved->type == CDP_SCALAR_INTEGER && resolved->computed) {
        scalar.integer = resolved->value;
        scalar.overflow = resolved->overflow;
        scalar.number = resolved->number;
    } else if (resolved->type == CDP_SCALAR_INTEGER) {
        scalar.overflow = !cdp_integer_value(&resolved->integer, &scalar.integer);
        scalar.number =
            scalar.overflow ? cdp_integer_double(&resolved->integer) : (double)scalar.integer;
    } else if (resolved->type == CDP_SCALAR_FLOAT) {
        scalar.number = resolved->computed ? resolved->number : cdp_decimal_double(resolved->text);
    }
    return scalar;
}

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (cdp_is_digit(c))
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* As Ruby's unpack("m"): what is no digit is passed over, '=' ends it. */
static void put_base64(cdp_string encoded, cdp_text *text)
{
    uint32_t bits = 0;
    unsigned count = 0;

    for (size_t i = 0; i < encoded.length && encoded.data[i] != '='; i++) {
        int value = base64_value(encoded.data[i]);

        if (value < 0)
            continue;
        bits = bits << 6 | (uint32_t)value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            cdp_text_put_byte(text, (char)(bits >> count & 0xFF));
        }
    }
}

void cdp_resolved_put(const cdp_resolved *resolved, cdp_text *text)
{
    switch (resolved->type) {
    case CDP_SCALAR_NULL:
        break;
    case CDP_SCALAR_BOOLEAN:
        cdp_text_put_c(text, resolved->boolean ? "true" : "false");
        break;
    case CDP_SCALAR_INTEGER:
        if (resolved->computed)
            cdp_text_put_int(text, resolved->value);
        else
            cdp_integer_put(&resolved->integer, text);
        break;
    case CDP_SCALAR_FLOAT:
        cdp_double_put(cdp_resolved_value(resolved).number, text);
        break;
    case CDP_SCALAR_STRING:
        if (resolved->base64)
            put_base64(resolved->text, text);
        else
            cdp_text_put(text, resolved->text);
        break;
    case CDP_SCALAR_SYMBOL:
    case CDP_SCALAR_REFUSED:
        cdp_text_put(text, resolved->text);
        break;
    }
}

bool cdp_tag_is_refused(cdp_node_kind kind, cdp_string tag, bool *broken)
{
    static const char *const sequence[] = {"!seq:", "!ruby/array:"};
    static const char *const mapping[] = {"!ruby/struct",
                                          "!ruby/object",
                                          "!ruby/array:",
                                          "!ruby/exception",
                                          "!ruby/hash-with",
                                          "!map:",
                                          "!ruby/hash:",
                                          "!ruby/marshalable:",
                                          "!str:",
                                          "!ruby/string:",
                                          "!set",
                                          "tag:yaml.org,2002:set",
                                          "!omap",
                                          "tag:yaml.org,2002:omap"};
    static const char *const texts[] = {"!str", "!ruby/string", "tag:yaml.org,2002:str"};

    *broken = false;
    if (kind == CDP_NODE_SEQUENCE) {
        for (size_t i = 0; i < sizeof sequence / sizeof *sequence; i++) {
            if (cdp_string_starts_with(tag, cdp_string_of(sequence[i])))
                return tag.length > strlen(sequence[i]);
        }
        return false;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *broken = *broken || tag_is(tag, texts[i]);
    }
    if (*broken || tag_is(tag, "!ruby/range"))
        return true;
    for (size_t i = 0; i < sizeof mapping / sizeof *mapping; i++) {
        if (cdp_string_starts_with(tag, cdp_string_of(mapping[i])))
            return !tag_is(tag, "!ruby/object:Hash");
    }
    return false;
}

cdp_resolved cdp_node_resolve_fully(const cdp_document *document, cdp_node scalar)
{
    cdp_string text = cdp_node_text(document, scalar);

    if (!text.data)
        return (cdp_resolved){.type = CDP_SCALAR_NULL};
    if (document->notation == CDP_NOTATION_YAML)
        return cdp_resolve_yaml(text, cdp_node_style(document, scalar),
                                cdp_node_tag(document, scalar));
    if (document->notation == CDP_NOTATION_JSON)
        return cdp_resolve_json(text, cdp_node_style(document, scalar));
    return cdp_resolve_xml(text);
}

/* The many scalars that are texts at first sight. */
static bool is_surely_text(const cdp_document *document, cdp_node scalar)
{
    cdp_string text = cdp_node_text(document, scalar);
    uint8_t flags;

    if (!text.data || document->notation != CDP_NOTATION_YAML)
        return false;
    flags = *cdp_tree_flags(&document->tree, scalar);
    if (flags & CDP_FLAG_TAGGED)
        return false;
    return (flags & CDP_FORM_MASK) != CDP_STYLE_PLAIN ||
           (text.length > 0 && is_wordlike(text.data[0]) && !may_be_special(text));
}

cdp_scalar cdp_node_resolve(const cdp_document *document, cdp_node scalar)
{
    cdp_resolved resolved;

    if (is_surely_text(document, scalar))
        return (cdp_scalar){.type = CDP_SCALAR_STRING};
    resolved = cdp_node_resolve_fully(document, scalar);

    return cdp_resolved_value(&resolved);
}
