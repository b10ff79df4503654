def write(*a): pass
def write_history(*a): pass
