/* SPDX-License-Identifier: ISC
 *
 * Help texts for the words of rows that have none of their own: the lines of
 * inspections that are checked and kept, hundreds of words that mean the same
 * wherever they stand.
 */
#ifndef ASASIM_GLOSSARY_H
#define ASASIM_GLOSSARY_H

/* A keyword's help; the word itself if the glossary does not have it. */
const char *glossary_word(const char *word);
/* A lexeme's, by the name of its type: "INT". */
const char *glossary_lexeme(const char *type);

#endif
