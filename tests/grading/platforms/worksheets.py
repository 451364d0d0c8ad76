"""Tables as Moodle and Canvas write them, of one small class.

Not here: what becomes of them (the tests).
"""

from annkit.grading.intake.owners import Person
from annkit.grading.platforms.counted import ExportedMark
from annkit.grading.platforms.listed import RowOwners

PEOPLE = [
    Person("ada", "Ada", "Lovelace", "101", "ada@uni.example"),
    Person("ben", "Ben", "O'Hara", "102", "ben@uni.example"),
    Person("cem", "Cem", "Ağa", "103"),
    Person("dot", "Dot", "Ağa-Lin", "", "dot@uni.example"),
]
CLASS = RowOwners(PEOPLE)
# A worksheet has numbers of its own.
MOODLE_CLASS = RowOwners(PEOPLE, {})
MARKS = {
    "ada": ExportedMark(7.5, 21, "", penalty=1.0),
    "ben": ExportedMark(None, 21, "waits for a person: break_relu"),
    "cem": ExportedMark(21, 21, "timed out: step"),
    "dot": ExportedMark(None, 21, "nothing handed in"),
}
MOODLE = (
    "\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\r\n"
    'Participant 101,"Ben O\'Hara",ben@uni.example,"Submitted for grading - ",,21.00,Yes,'
    '"Monday, 2 November 2026, 9:00 AM",-,\r\n'
    'Participant 7,"Ada Lovelace",ada@uni.example,"Submitted for grading - ",3.00,21.00,Yes,'
    '"Monday, 2 November 2026, 9:00 AM",-,"Well ""done"", <p>Ada</p>"\r\n'
    'Participant 12,"Cem Ağa",,"Submitted for grading - ",,21.00,Yes,-,-,\r\n'
    'Participant 13,"Dot Ağa-Lin",dot@uni.example,"No submission - ",,21.00,Yes,-,-,\r\n'
    'Participant 14,"Eve Nobody",eve@uni.example,"No submission - ",,21.00,Yes,-,-,\r\n'
).encode()
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Note,ch03_activations (4711),Essay (4712),"
    "Final Score\n"
    ",,,,,,Manual Posting,,\n"
    "    Points Possible,,,,,(read only),21.00,10.00,(read only)\n"
    '"Lovelace, Ada",101,,ada@uni.example,"A, B",,,4.00,40.00\n'
    '"O\'Hara, Ben",102,ben,ben@uni.example,A,,2.00,,0.00\n'
    '"Ağa, Cem",103,,cem@elsewhere.example,A,,EX,,0.00\n'
    '"Student, Test",999,,,A,,,,0.00\n'
).encode()
