simulate 
