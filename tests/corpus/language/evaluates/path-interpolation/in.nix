let x = "b"; in [ /a/${x}/c (/a + "/${x}") /a/${x}c/${x} ]
