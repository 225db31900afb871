"name-h"
