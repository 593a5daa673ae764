"""Reports: joined views across rooms - statistics, promises kept, equality. No nouns of its own.

fi: tilastot, raportit · sv: statistik, rapporter
"""
