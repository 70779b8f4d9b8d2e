/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_EMIT_XML_H
#define CDP_APPSPEC_EMIT_XML_H

#include "appspec/emit.h"

/* The emitter's calls for XML, by the mapping of docs/xml.md. */
void cdp_emit_xml_begin(appspec_emitter *emitter);
void cdp_emit_xml_open(appspec_emitter *emitter, bool is_list);
void cdp_emit_xml_close(appspec_emitter *emitter);
void cdp_emit_xml_key(appspec_emitter *emitter, const appspec_value *key);
/* `as_is`: the reader takes the text for what it says even if it looks like a number. */
void cdp_emit_xml_text(appspec_emitter *emitter, cdp_string text, bool as_is);
void cdp_emit_xml_word(appspec_emitter *emitter, cdp_string word);
void cdp_emit_xml_value(appspec_emitter *emitter, const appspec_value *value);

#endif
