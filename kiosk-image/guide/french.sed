# French signs that no line may part from their word: a space that does not break
# stands before : ; ? ! and inside « », but not in code.
/^```/,/^```/b
s/« /«\xc2\xa0/g
s/ \([»:;?!]\)/\xc2\xa0\1/g
