#!/usr/bin/env python3
"""Reads KTAP with the kernel's own parser and compares what it counts with a result document, counted here anew.

usage: ktap_check.py FOLDER_OF_KUNIT_PARSER RESULT KTAP
"""
import contextlib
import io
import json
import sys


def expected(result):
    """The counts of the scenarios, and whether the run may be called a success: spec/decisions/0104, in other words."""
    scenarios = result['scenarios']
    asked = {clause for scenario in scenarios for clause in scenario['clauses']}
    verdicts = {v['clause']: v['verdict'] for v in result['verdicts'] if v['clause'] in asked}
    counts = {'passed': 0, 'failed': 0, 'skipped': 0, 'crashed': 0, 'errors': 0}
    for scenario in scenarios:
        broken = [c for c in scenario['checks'] if not c['passed'] and verdicts.get(c['clause']) == 'nonconformant']
        if scenario['outcome'] == 'passed':
            counts['passed'] += 1
        elif scenario['outcome'] == 'not-applicable' or (scenario['outcome'] == 'failed' and not broken):
            counts['skipped'] += 1
        else:
            counts['failed'] += 1
    decided = any(word in ('conformant', 'deviates', 'observed') for word in verdicts.values())
    if counts['failed'] == 0 and not decided:
        # Of a run that decided nothing one more line says so.
        counts['failed'] = 1
    return counts, counts['failed'] == 0


def parsed(folder, path):
    sys.path.insert(0, folder)
    # The parser prints every test as it goes.
    with contextlib.redirect_stdout(io.StringIO()) as said, open(path, encoding='utf-8') as lines:
        import kunit_parser
        test = kunit_parser.parse_run_tests(lines.read().splitlines())
    counts = {word: getattr(test.counts, word) for word in ('passed', 'failed', 'skipped', 'crashed', 'errors')}
    errors = [line for line in said.getvalue().splitlines() if '[ERROR]' in line]
    return counts, test.ok_status(), errors


def main():
    folder, result, ktap = sys.argv[1:]
    with open(result, encoding='utf-8') as file:
        wanted, good = expected(json.load(file))
    counts, ok, errors = parsed(folder, ktap)
    for line in errors:
        print(line)
    print(f'{ktap}: the kernel counts {counts}, ok: {ok}')
    if (counts, ok) != (wanted, good):
        sys.exit(f'{ktap}: expected {wanted}, ok: {good}')


main()
