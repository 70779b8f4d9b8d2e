group 
