group chek group.json
