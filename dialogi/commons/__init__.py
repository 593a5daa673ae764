"""The cellar: mechanisms that know no municipality.

Subjects and the links between them, the one door every change passes, the ledger behind it, duties with a due day,
follows, messages, attachments, search, permissions with reasons, states, content in three languages.
Other rooms plug in through `registry`. Nothing here may import another room or use a word of the domain.

fi: kellari, yhteiset mekanismit · sv: källaren, gemensamma mekanismer
"""
