/* SPDX-License-Identifier: MIT */
/* A traffic schedule as a curve of block characters, and as a table. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "plot.h"
#include "time_text.h"
#include "traffic.h"

enum {
    ROWS = 10,
    LABEL_COLUMNS = 7, /* "100 % ┤" */
    LEAST_COLUMNS = 20,
    MOST_COLUMNS = 400,
    LEAD = 1,
    GAP = 8,
    EIGHTHS = 8,
    COLUMNS_OF_TICK = 9
};

typedef struct column {
    int32_t weight;
    bool gate;
} column;

typedef struct sheet {
    const traffic_view *view;
    traffic_layout layout;
    int columns;
    int now; /* the column of --at, or -1 */
    column *cells;
    char *ticks; /* the line below the axis */
    int ticks_end;
    bool *marks; /* where the axis has a tick */
} sheet;

static void fill_cells(sheet *s)
{
    for (size_t i = 0; i < s->layout.count; i++) {
        const traffic_place *place = &s->layout.places[i];

        for (int x = (int)(place->from + 0.5); x < (int)(place->to + 0.5) && x < s->columns; x++)
            s->cells[x] = (column){place->step.weight, place->step.is_gate};
    }
}

/* Writes a label with its middle at `x`, unless another one is in the way. */
static void put_label(sheet *s, int x, const char *label)
{
    int length = (int)strlen(label);
    int left = x - (length - 1) / 2;

    left = left < 0 ? 0 : left;
    if (left + length > s->ticks_end)
        return;
    for (int i = left > 0 ? left - 1 : 0; i <= left + length && i < s->columns; i++) {
        if (s->ticks[i] != ' ')
            return;
    }
    memcpy(s->ticks + left, label, (size_t)length);
    s->marks[x] = true;
}

/* Ticks at round times, from the beginning of one gate's wait to the next; the unit's name. */
static const char *fill_ticks(sheet *s)
{
    int most = s->columns / COLUMNS_OF_TICK;
    int64_t tick = traffic_tick(&s->layout, most < 2 ? 2 : most > 12 ? 12 : most);
    const char *name;
    int64_t unit = plot_time_unit(tick, &name);

    s->ticks_end = s->columns - (int)strlen(name) - 1;
    memset(s->ticks, ' ', (size_t)s->columns);
    for (size_t i = 0; i < s->layout.count; i++) {
        const traffic_place *place = &s->layout.places[i];
        int64_t from = place->step.offset_ms;
        int64_t to = from + place->step.wait_ms;

        if (place->step.is_gate) {
            put_label(s, (int)((place->from + place->to) / 2), "gate");
            continue;
        }
        /* A step that takes no time has no ticks of its own, unless it is the first. */
        if (to == from && i > 0)
            continue;
        for (int64_t at = (from + tick - 1) / tick * tick; at <= to; at += tick) {
            char label[32];
            int x = (int)(place->from + (double)(at - from) * s->layout.per_ms + 0.5);

            snprintf(label, sizeof label, "%" PRId64, at / unit);
            if (x < s->columns)
                put_label(s, x, label);
        }
    }
    return name;
}

/* How much of a cell is filled, in eighths: anything above nothing shows. */
static int fill_of(int32_t weight, int low)
{
    int above = weight - low;

    if (above <= 0)
        return 0;
    if (above >= 100 / ROWS)
        return EIGHTHS;
    above = (above * EIGHTHS * ROWS + 50) / 100;
    return above ? above : 1;
}

static void print_row(const sheet *s, int row)
{
    static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    int low = 100 - (row + 1) * (100 / ROWS);
    int end = s->columns;

    if (row % 5 == 0)
        printf("%3d %% ┤", low + 100 / ROWS);
    else
        fputs("      │", stdout);
    while (end > 0 && fill_of(s->cells[end - 1].weight, low) == 0 && end - 1 != s->now)
        end--;
    for (int x = 0; x < end; x++) {
        int fill = fill_of(s->cells[x].weight, low);

        if (x == s->now)
            fputs(fill ? "▓" : "┊", stdout);
        else
            fputs(fill && s->cells[x].gate ? "░" : blocks[fill], stdout);
    }
    putchar('\n');
}

static void print_axis(const sheet *s, const char *unit)
{
    int end = s->columns;

    fputs("  0 % └", stdout);
    for (int x = 0; x < s->columns; x++)
        fputs(s->marks[x] ? "┬" : "─", stdout);
    while (end > 0 && s->ticks[end - 1] == ' ')
        end--;
    printf("\n%*s%.*s  %s\n", LABEL_COLUMNS, "", end, s->ticks, unit);
}

static void print_steps(const sheet *s)
{
    char time[TIME_TEXT];
    char after[TIME_TEXT + 24];

    printf("\n%4s  %-20s %6s  %s\n", "step", "at", "weight", "then");
    for (size_t i = 0; i < s->layout.count; i++) {
        const cdp_traffic_step *step = &s->layout.places[i].step;

        snprintf(after, sizeof after, "%s", time_text(step->offset_ms, time));
        if (step->gates_before)
            snprintf(after + strlen(after), sizeof after - strlen(after), " + %u gate%s",
                     (unsigned)step->gates_before, step->gates_before == 1 ? "" : "s");
        printf("%4zu  %-20s %4d %%  ", i + 1, after, (int)step->weight);
        if (step->is_gate)
            puts("wait until the gate is opened");
        else if (step->wait_ms > 0)
            printf("wait %s\n", time_text(step->wait_ms, time));
        else
            puts("done");
    }
}

static bool make_sheet(sheet *s, const traffic_view *view)
{
    int columns = cli_columns(stdout) - LABEL_COLUMNS - 1;

    *s = (sheet){.view = view, .now = -1};
    s->columns = columns < LEAST_COLUMNS  ? LEAST_COLUMNS
                 : columns > MOST_COLUMNS ? MOST_COLUMNS
                                          : columns;
    s->layout = (traffic_layout){
        .width = s->columns, .lead = LEAD, .gap = GAP, .tail = (double)s->columns / 12 + 5};
    s->cells = calloc((size_t)s->columns, sizeof *s->cells);
    s->ticks = calloc((size_t)s->columns + 1, 1);
    s->marks = calloc((size_t)s->columns, sizeof *s->marks);
    return s->cells && s->ticks && s->marks && traffic_layout_make(&s->layout, view->schedule);
}

static void free_sheet(sheet *s)
{
    traffic_layout_free(&s->layout);
    free(s->cells);
    free(s->ticks);
    free(s->marks);
}

int traffic_print_text(const traffic_view *view)
{
    char summary[160];
    const char *unit;
    sheet s;

    if (!make_sheet(&s, view)) {
        free_sheet(&s);
        return cli_fail("out of memory");
    }
    fill_cells(&s);
    unit = fill_ticks(&s);
    if (view->at_ms >= 0) {
        s.now = (int)(traffic_layout_at(&s.layout, view->at_ms) + 0.5);
        s.now = s.now < s.columns ? s.now : s.columns - 1;
    }
    traffic_put_summary(view->schedule, summary, sizeof summary);
    printf("%s: %s\n\n", view->title, summary);
    for (int row = 0; row < ROWS; row++)
        print_row(&s, row);
    print_axis(&s, unit);
    print_steps(&s);
    free_sheet(&s);
    return CLI_CLEAN;
}
