declare _ok='y'
declare big=-1
declare builder='/bin/sh'
declare ctrl=''
declare dep='/nix/store/z4asv3j07d89ywjf8fxkn7sg6mf5s9q5-dep'
declare empty=''
declare -a emptylist=()
declare -A emptyset=()
declare f=
declare huge=-2147483648
declare int=42
declare -a list=(1 'two' 1 '' 3 )
declare n=''
declare name='attrs2'
declare neg=-7
declare -A outputs=(['out']='/nix/store/dk4fjmqi28i5hmhvsg0m4bmg55wkw5ns-attrs2' )
declare -A set=(['a']=1 ['b c']='d' ['f']= ['z']='' )
declare string='a'\''b"c\d
	 é €'
declare system='x86_64-linux'
declare t=1
declare whole=2
