// One expression in the calculate of a small form.
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
	.replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const ITEMS = [['a', 'AA'], ['b', 'BB'], ['c', 'CC'], ['d', 'DD']]
	.map(([n, l]) => `<item><name>${n}</name><label>${l}</label></item>`).join('');

export const probe_form = (name, expression) => `<h:html
 xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Probe</h:title><model>
<instance><data id="probe"><empty/><d1>2020-01-01</d1><d2>2020-03-01</d2>
<sel>a</sel><rep><v>1</v></rep><rep><v>2</v></rep><rep><v>10</v></rep><${name}/>
</data></instance>
<instance id="cities"><root>${ITEMS}</root></instance>
<bind nodeset="/data/d1" type="date"/><bind nodeset="/data/d2" type="date"/>
<bind nodeset="/data/${name}" calculate="${escaped(expression)}"/>
</model></h:head><h:body>
<select1 ref="/data/sel"><label>s</label>
<itemset nodeset="instance('cities')/root/item"><value ref="name"/>
<label ref="label"/></itemset></select1>
<group ref="/data/rep"><repeat nodeset="/data/rep"><input ref="/data/rep/v">
<label>v</label></input></repeat></group></h:body></h:html>
`;
